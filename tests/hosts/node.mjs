// The cases on Node: `node node.mjs FILE...` prints one result a line.
import { readFileSync } from "node:fs";
import * as lib from "docutray-webhook";
import { run } from "./run-cases.mjs";

const cases = process.argv.slice(2).flatMap((file) => JSON.parse(readFileSync(file, "utf8")));
process.stdout.write(run(lib, cases).map((result) => `${result}\n`).join(""));
