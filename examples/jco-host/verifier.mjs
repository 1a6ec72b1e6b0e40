// The component, transpiled for Node. An instance that has trapped cannot be called any more: the next request gets a new one.
import { readFileSync } from "node:fs";
import { instantiate } from "./verifier/docutray_webhook.js";

const modules = new Map();

export class Component {
  #config;
  #instance;
  /** The answer if no instance can be called. */
  unavailable;

  /** Throws for a wrong configuration. */
  constructor(config) {
    this.#config = config;
    this.#instance = instance(config);
    this.unavailable = this.#instance.answers.answer({ tag: "verifier-unavailable" });
  }

  get current() {
    return (this.#instance ??= instance(this.#config));
  }

  /** Called after a trap. Other requests that began in this instance are answered `unavailable`, too. */
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
 * jco's code calls `new TextDecoder()` for an instance, which drops a byte order mark at the start of each string. Two ids
 * could then become equal. So while the instance is made, and only then, a decoder that keeps the mark takes its place.
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
