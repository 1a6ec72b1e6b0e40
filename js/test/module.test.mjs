// docutray-webhook/module, in separate processes, because this one may already have an instance from another test.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { dirname } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const PRELUDE = `
  import { readFileSync } from "node:fs";
  import { createRequire } from "node:module";
  import { instantiate } from "docutray-webhook/module";
  import { delivery, NOW, SECRET, URL } from "./delivery.mjs";
  const file = (name) => readFileSync(createRequire(import.meta.url).resolve("docutray-webhook/" + name));
  const { headers, body } = delivery();
  const id = ({ Verifier }) => new Verifier({ secret: SECRET, url: URL }).verify(headers, body, NOW).id;
`;

/** Returns what the program prints. */
function printed(program) {
  return execFileSync(process.execPath, ["--input-type=module", "--eval", PRELUDE + program], {
    cwd: dirname(fileURLToPath(import.meta.url)),
    encoding: "utf8",
  }).trim();
}

test("makes the package ready with the caller's own module, of any realm", () => {
  assert.equal(printed('console.log(id(instantiate(new WebAssembly.Module(file("docutray_webhook.wasm")))))'), "conv_1");
  const foreign = 'const { runInNewContext } = await import("node:vm"); const { Module } = runInNewContext("WebAssembly");';
  assert.equal(printed(`${foreign} console.log(id(instantiate(new Module(file("docutray_webhook.wasm")))))`), "conv_1");
});

test("`require` works the same", () => {
  const program = `const required = createRequire(import.meta.url)("docutray-webhook/module");
    console.log(Object.keys(required).join(), required.instantiate === instantiate)`;
  const names = "UnfitPayload,extra,instantiate,isCompleted,isFailed,isStarted";
  assert.equal(printed(program), `${names} true`);
});

test("its module is the one inside the package", () => {
  const program = `const { Module } = WebAssembly;
    const compiled = [];
    WebAssembly.Module = class extends Module {
      constructor(bytes) {
        super(bytes);
        compiled.push(bytes);
      }
    };
    await import("docutray-webhook");
    console.log(compiled.length, file("docutray_webhook.wasm").equals(compiled[0]))`;
  assert.equal(printed(program), "1 true");
});

test("once there is an instance it stays, and the classes are the same", () => {
  const program = `const module = new WebAssembly.Module(file("docutray_webhook.wasm"));
    const first = instantiate(module);
    const verifier = new first.Verifier({ secret: SECRET, url: URL });
    const second = instantiate(new WebAssembly.Module(file("docutray_webhook.wasm")));
    const main = await import("docutray-webhook");
    const same = [second, main].every((one) => one.Verifier === first.Verifier && one.WebhookError === first.WebhookError);
    console.log(same, verifier.verify(headers, body, NOW).id);`;
  assert.equal(printed(program), "true conv_1");
});

test("imports nothing, so that a host can import it as it is", () => {
  const program = `console.log(WebAssembly.Module.imports(new WebAssembly.Module(file("docutray_webhook.wasm"))).length)`;
  assert.equal(printed(program), "0");
});

const REFUSED = /^InstanceLost: the host refused the memory .* --disable-wasm-trap-handler/;

test("says that the host refused the memory, and works when it has some", () => {
  const program = `const { Instance } = WebAssembly;
    WebAssembly.Instance = class {
      constructor() {
        throw new RangeError("WebAssembly.Instance(): Out of memory: Cannot allocate Wasm memory for new instance");
      }
    };
    const classes = await import("docutray-webhook");
    try { id(classes) } catch (error) { console.log(String(error)) }
    WebAssembly.Instance = Instance;
    console.log(id(classes));`;
  const [refused, verified] = printed(program).split("\n");
  assert.match(refused, REFUSED);
  assert.equal(verified, "conv_1");
});

// Newer versions of Node are content with less: then it works.
test("works under a limit on address space, or says that the host refused the memory", () => {
  const program = `import("docutray-webhook").then(({ Verifier }) => new Verifier({ secret: "s", url: false }).maxBody)
    .catch(String).then(console.log)`;
  const limited = `ulimit -v 3000000; exec "$0" --eval '${program}'`;
  const written = execFileSync("sh", ["-c", limited, process.execPath], { cwd: import.meta.dirname, encoding: "utf8" });
  assert.match(written.trim(), new RegExp(`${REFUSED.source}|^\\d+$`));
});

test("says for anything else what to pass", () => {
  const message = (argument) => printed(`try { instantiate(${argument}) } catch (error) { console.log(String(error)) }`);
  assert.match(message('file("docutray_webhook.wasm")'), /^TypeError: .* WebAssembly\.Module, but got a Buffer\. .*compile\(bytes\)/);
  assert.match(message('WebAssembly.compile(file("docutray_webhook.wasm"))'), /^TypeError: .* got a Promise\. /);
  assert.match(message("undefined"), /^TypeError: .* got undefined\. /);
  const other = "Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 2, 8, 1, 1, 97, 1, 98, 2, 0, 1)";
  assert.match(message(`new WebAssembly.Module(${other})`), /^Error: this module is not docutray_webhook\.wasm of this version/);
  assert.match(
    message("new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0))"),
    /^Error: this module is not docutray_webhook\.wasm of this version/,
  );
});

test("after a wrong module the right one still works", () => {
  const program = `try { instantiate(new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0))) } catch {}
    console.log(id(instantiate(new WebAssembly.Module(file("docutray_webhook.wasm")))))`;
  assert.equal(printed(program), "conv_1");
});
