// A receiver in production loads nothing of the tools, and they add little to the package.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, readdir, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { build } from "esbuild";

const PACKAGE = dirname(createRequire(import.meta.url).resolve("docutray-webhook/package.json"));
const MOST_ADDED = 300 * 1024;
const { exports, imports, bin } = JSON.parse(await readFile(join(PACKAGE, "package.json"), "utf8"));

/** The scripts that a part of the manifest names, under any condition. */
function scripts(part) {
  if (typeof part === "string") {
    return /\.[cm]?js$/.test(part) ? [part] : [];
  }
  return Object.values(part).flatMap(scripts);
}

/** The files of the package that a script loads, and those which these load. What only the manifest can resolve is a script of its own. */
async function loaded(script) {
  const { metafile } = await build({
    absWorkingDir: PACKAGE,
    entryPoints: [script],
    bundle: true,
    write: false,
    metafile: true,
    platform: "node",
    format: "esm",
    outdir: "out",
    external: ["#core", "*.wasm", "*.wasm?module", "@aws-sdk/*"],
    logLevel: "error",
  });
  return Object.keys(metafile.inputs);
}

const { "./testing": testing, ...production } = exports;
const PRODUCTION = [...new Set([...scripts(production), ...scripts(imports)])];

test("no entry of production reaches a file of the tools", async () => {
  assert.ok(PRODUCTION.length > 25, String(PRODUCTION));
  for (const script of PRODUCTION) {
    const files = await loaded(script);
    assert.deepEqual(files.filter((file) => file.startsWith("tools/")), [], script);
    assert.ok(files.length > 1, script);
  }
});

test("the walk would find them", async () => {
  for (const script of [...scripts(testing), ...scripts(bin)]) {
    assert.ok((await loaded(script)).filter((file) => file.startsWith("tools/")).length > 1, script);
  }
});

test("the packed package grows by at most 300 KB", async (t) => {
  const [tarball] = (await readdir(join(PACKAGE, "../.."))).filter((file) => file.endsWith(".tgz"));
  const directory = await mkdtemp(join(tmpdir(), "packed-"));
  t.after(() => rm(directory, { recursive: true }));
  const tar = (...line) => promisify(execFile)("tar", line, { cwd: directory });
  const size = async () => {
    await tar("-czf", "again.tgz", "package");
    return (await stat(join(directory, "again.tgz"))).size;
  };
  await tar("-xzf", join(PACKAGE, "../..", tarball));
  const whole = await size();
  await rm(join(directory, "package/tools"), { recursive: true });
  const added = whole - (await size());
  t.diagnostic(`the tools add ${Math.ceil(added / 1024)} KB`);
  assert.ok(added > 0 && added <= MOST_ADDED, `${added} bytes`);
});
