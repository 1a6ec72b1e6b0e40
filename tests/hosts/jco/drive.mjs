// The cases on the component, transpiled for Node: `node drive.mjs FILE...` prints one result a line.
// DOCUTRAY_TRANSPILED is the directory that `jco transpile --instantiation sync` has written.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../run-cases.mjs";
import { packageOf } from "./package.mjs";

// The code that jco 1.35 writes decodes strings with `new TextDecoder()`, which drops a byte order mark at the start. This
// keeps the mark, as examples/jco-host does.
globalThis.TextDecoder = class extends TextDecoder {
  constructor(label, options) {
    super(label, { ignoreBOM: true, ...options });
  }
};

const transpiled = process.env.DOCUTRAY_TRANSPILED;
const { instantiate } = await import(join(transpiled, "docutray_webhook.js"));
const exports = instantiate((name) => new WebAssembly.Module(readFileSync(join(transpiled, name))), {});

const cases = process.argv.slice(2).flatMap((file) => JSON.parse(readFileSync(file, "utf8")));
process.stdout.write(run(packageOf(exports), cases).map((result) => `${result}\n`).join(""));
