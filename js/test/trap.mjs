// Lets calls of the WebAssembly instance trap. Import it before the package.

/** If set, the next call of an export for whose name this returns true traps. */
let trap;

export function trapWhen(when) {
  trap = when;
}

/** Whether a trap is set and no call has trapped since. */
export function isSet() {
  return trap !== undefined;
}

const { Instance } = WebAssembly;
WebAssembly.Instance = class extends Instance {
  constructor(...args) {
    super(...args);
    // Node's own parser of HTTP is a module, too.
    if (super.exports.numbers === undefined) {
      return;
    }
    const entries = Object.entries(super.exports).map(([name, value]) => [
      name,
      typeof value !== "function" || name.startsWith("__")
        ? value
        : (...values) => {
            if (trap?.(name)) {
              trap = undefined;
              throw new WebAssembly.RuntimeError("unreachable");
            }
            return value(...values);
          },
    ]);
    Object.defineProperty(this, "exports", { value: Object.fromEntries(entries) });
  }
};
