// Bundles the scripts of each entry, with chunks for what several entries need, so that a process that loads the package
// opens a few files instead of fifty. Imports that a host resolves stay imports: `#core`, modules that it compiles, its own
// modules. So do imports of packages that the application installs.
//
// Each entry has three files: `.js` for all hosts but Node; `.cjs` for `require` in Node; `.mjs` for `import` in Node, which
// exports what the `.cjs` has, so that both give the same classes.
import { writeFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { build } from "esbuild";

const [from, to, ...entries] = process.argv.slice(1);
/** The entries of hosts that compile no bytes: they know no CommonJS. */
const COMPILED_BY_HOST = ["edge-light.js", "workerd.js"];

const shared = { outdir: to, bundle: true, target: "es2022", logLevel: "warning", external: ["#core", "*.wasm", "*.wasm?module", "@aws-sdk/*"] };
const { metafile } = await build({
  ...shared,
  absWorkingDir: from,
  entryPoints: entries.map((entry) => `./${entry}.js`),
  splitting: true,
  chunkNames: "chunks/[hash]",
  format: "esm",
  platform: "neutral",
  metafile: true,
});
const scripts = Object.entries(metafile.outputs)
  .map(([path, { exports }]) => ({ path: relative(to, join(from, path)), exports }))
  .filter(({ path }) => !COMPILED_BY_HOST.includes(path));

// All of it beside each other, the entries too.
await build({
  ...shared,
  absWorkingDir: to,
  entryPoints: scripts.map(({ path }) => ({ in: `./${path}`, out: `chunks/${stem(path)}` })),
  outExtension: { ".js": ".cjs" },
  format: "cjs",
  plugins: [{ name: "CommonJS", setup: requireCommonJs }],
});
for (const { path, exports } of scripts.filter(({ path }) => dirname(path) !== "chunks")) {
  const [entry, names] = [stem(path), `{ ${exports.join(", ")} }`];
  const at = join(to, dirname(path), entry);
  const chunks = dirname(path) === "." ? "./chunks" : "../chunks";
  // For `import` Node reads a CommonJS file twice, and this one is short. What it exports are plain properties: without the mark
  // `__esModule` no tool looks for a default export.
  const required = `"use strict";\nconst ${names} = require("${chunks}/${entry}.cjs");\n\nmodule.exports = ${names};\n`;
  await writeFile(`${at}.cjs`, required);
  const imported = `import commonJs from "./${entry}.cjs";\n\nexport const ${names} = commonJs;\n`;
  await writeFile(`${at}.mjs`, imported);
}

/** The core of CommonJS is the one that holds its bytes. */
function requireCommonJs({ onResolve }) {
  onResolve({ filter: /^(?:\.|#core$)/ }, ({ path, kind }) => {
    const script = path === "#core" ? "index" : stem(path);
    return kind === "entry-point" ? undefined : { path: `./${script}.cjs`, external: true };
  });
}

function stem(path) {
  return basename(path, ".js");
}
