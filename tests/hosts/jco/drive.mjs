// The cases on the component, transpiled for Node: `node drive.mjs FILE...` prints one outcome a line.
// DOCUTRAY_TRANSPILED is the directory that `jco transpile --instantiation sync` has written.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../suite.mjs";
import { packageOf } from "./package.mjs";

// jco decodes every string on its own, without `ignoreBOM`: one that begins with a byte order mark loses it. What the
// component says is in question here, so it is decoded whole; who uses jco has to do the same, or do without that mark.
globalThis.TextDecoder = class extends TextDecoder {
  constructor(label, options) {
    super(label, { ignoreBOM: true, ...options });
  }
};

const transpiled = process.env.DOCUTRAY_TRANSPILED;
const { instantiate } = await import(join(transpiled, "docutray_webhook.js"));
const exports = instantiate((name) => new WebAssembly.Module(readFileSync(join(transpiled, name))), {});

const cases = process.argv.slice(2).flatMap((file) => JSON.parse(readFileSync(file, "utf8")));
process.stdout.write(run(packageOf(exports), cases).map((outcome) => `${outcome}\n`).join(""));
