#!/usr/bin/env node
import { rule } from "./rules.js";

if (process.argv.includes("--version")) {
  process.stdout.write(`${rule("version", {})}\n`);
}
