// The cases on Bun: `bun bun.mjs FILE...` prints one result a line.
import * as lib from "docutray-webhook";
import { run } from "./run-cases.mjs";

const files = await Promise.all(process.argv.slice(2).map((file) => Bun.file(file).json()));
await Bun.write(Bun.stdout, run(lib, files.flat()).map((result) => `${result}\n`).join(""));
