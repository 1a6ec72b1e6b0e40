// The component, transpiled for Node. An instance that has trapped answers nothing more: the next request gets a fresh one.
import { readFileSync } from "node:fs";
import { instantiate } from "./verifier/docutray_webhook.js";

const modules = new Map();

export class Component {
  #config;
  #instance;
  /** What is answered when no instance can be asked. */
  unavailable;

  /** A configuration that cannot work is an error here. */
  constructor(config) {
    this.#config = config;
    this.#instance = instance(config);
    this.unavailable = this.#instance.answers.answer({ tag: "verifier-unavailable" });
  }

  get current() {
    return (this.#instance ??= instance(this.#config));
  }

  /** After a trap. Who has begun in this instance gets `unavailable`, too. */
  retire(trapped) {
    if (this.#instance === trapped) {
      this.#instance = undefined;
    }
  }
}

function instance(config) {
  const { verifier: exports, answers } = keepingMarks(() => instantiate(compiled, {}));
  return { verifier: new exports.Verifier(config), answers };
}

/**
 * What jco writes makes `new TextDecoder()` for an instance, which drops a byte order mark at the start of each string: two
 * ids could become the same. While it does so, and for nobody else, a decoder keeps the mark.
 */
function keepingMarks(make) {
  const { TextDecoder } = globalThis;
  globalThis.TextDecoder = class extends TextDecoder {
    constructor(label, options) {
      super(label, { ...options, ignoreBOM: true });
    }
  };
  try {
    return make();
  } finally {
    globalThis.TextDecoder = TextDecoder;
  }
}

function compiled(name) {
  if (!modules.has(name)) {
    modules.set(name, new WebAssembly.Module(readFileSync(new URL(`./verifier/${name}`, import.meta.url))));
  }
  return modules.get(name);
}
