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
  const { verifier: exports, answers } = instantiate(compiled, {});
  return { verifier: new exports.Verifier(config), answers };
}

function compiled(name) {
  if (!modules.has(name)) {
    modules.set(name, new WebAssembly.Module(readFileSync(new URL(`./verifier/${name}`, import.meta.url))));
  }
  return modules.get(name);
}
