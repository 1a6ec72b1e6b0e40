import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { test } from "node:test";
import { promisify } from "node:util";

// The compiler's own file, since a package need not export its other files.
const compiler = createRequire(import.meta.url)
  .resolve("typescript/package.json")
  .replace("package.json", "bin/tsc");
const STRICT = ["--noEmit", "--strict", "--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess", "--skipLibCheck"];
const TARGET = [
  "--module",
  "nodenext",
  "--target",
  "es2022",
  "--lib",
  "es2022,esnext.disposable,dom,dom.iterable",
  "--types",
  "node",
];

test("the types accept every client and nothing else", async () => {
  const cwd = import.meta.dirname;
  try {
    await promisify(execFile)(process.execPath, [compiler, ...STRICT, ...TARGET, "types.mts"], { cwd });
  } catch (error) {
    throw new Error(`the compiler says:\n${error.stdout}`, { cause: error });
  }
});
