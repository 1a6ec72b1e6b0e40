// The package, and the names of the exports of its WebAssembly instances that it calls.
const { Instance } = WebAssembly;
let names = [];

WebAssembly.Instance = class extends Instance {
  constructor(...args) {
    super(...args);
    const entries = Object.entries(super.exports).map(([name, value]) => [
      name,
      typeof value !== "function"
        ? value
        : (...values) => {
            names.push(name);
            return value(...values);
          },
    ]);
    Object.defineProperty(this, "exports", { value: Object.fromEntries(entries) });
  }
};

export const { Verifier } = await import("docutray-webhook");

/** Returns the names of the exports that are called during `call`, in order. */
export function calledDuring(call) {
  names = [];
  call();
  return names;
}
