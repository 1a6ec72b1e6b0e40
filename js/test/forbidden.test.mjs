// Hosts that forbid WebAssembly. Each program runs in a process of its own, since the package is imported there for the first time.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { dirname } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

/** What hosts say, and at which step. */
const PAGES = {
  Chromium: ["Module", "WebAssembly.Module(): Compiling or instantiating WebAssembly module violates the following Content Security policy directive"],
  Firefox: ["Module", "call to WebAssembly.Module() blocked by CSP"],
  WebKit: ["Instance", "Refused to create a WebAssembly object because 'unsafe-eval' or 'wasm-unsafe-eval' is not an allowed source of script in the following Content Security Policy directive"],
};

/** By `require`, since Node needs WebAssembly itself to import CommonJS. */
const PRELUDE = `
  import { createRequire } from "node:module";
  const load = () => createRequire(import.meta.url)("docutray-webhook");
  const forbid = (step, message) => (WebAssembly[step] = class { constructor() { throw new WebAssembly.CompileError(message); } });`;

/** Returns what the program prints. */
function printed(program) {
  return execFileSync(process.execPath, ["--input-type=module", "--eval", PRELUDE + program], {
    cwd: dirname(fileURLToPath(import.meta.url)),
    encoding: "utf8",
  }).trim();
}

function importedWhere(step, message) {
  return printed(`forbid("${step}", ${JSON.stringify(message)});
    try { load(); } catch (error) { console.log(error.message, "|", error.cause?.name); }`);
}

for (const [browser, [step, message]] of Object.entries(PAGES)) {
  test(`the error names the directive that a page's policy needs in ${browser}`, () => {
    assert.match(importedWhere(step, message), /Content Security Policy.* add 'wasm-unsafe-eval' to .*script-src.* \| CompileError$/);
  });
}

test("the error names the entry for hosts that compile no bytes", () => {
  const message = "WebAssembly.Module(): Wasm code generation disallowed by embedder";
  assert.match(importedWhere("Module", message), /instantiate of docutray-webhook\/module \| CompileError$/);
});

test("any other error of the compiler is the host's own", () => {
  assert.equal(
    printed(`forbid("Module", "no such opcode");
      try { load(); } catch (error) { console.log(error.name, error.message); }`),
    "CompileError no such opcode",
  );
});

test("a policy that comes later is named too, when the next instance is made", () => {
  const late = printed(`
    const { Verifier } = load();
    const verifier = new Verifier({ secret: "s", url: false });
    forbid("Instance", ${JSON.stringify(PAGES.WebKit[1])});
    const { encodeInto } = TextEncoder.prototype;
    TextEncoder.prototype.encodeInto = () => { throw new WebAssembly.RuntimeError("unreachable"); };
    try { verifier.authorize({}); } catch { /* the instance has ended */ }
    TextEncoder.prototype.encodeInto = encodeInto;
    try { verifier.authorize({}); } catch (error) { console.log(error.name, error.message); }`);
  assert.match(late, /^InstanceLost .*'wasm-unsafe-eval'/);
});
