// Bundles the tools: the pages and the module, which become compressed text in the programs, and the programs and entries for Node, in
// CommonJS with chunks for what several of them need. Each entry also has an `.mjs` that exports what its `.cjs` has.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { build } from "esbuild";

const [from, module, to, ...entries] = process.argv.slice(1);
const PAGES = ["emulate", "listen"];

await writeCompressed("module.js", await readFile(module));
await writeCompressed("pages.js", JSON.stringify(await bundledPages()));
for (const [entry, names] of await bundlePrograms()) {
  if (names.length > 0) {
    // Beside the other entries of the package, where tools that know no `exports` look for them.
    const list = `{ ${names.join(", ")} }`;
    await writeFile(join(to, `../${entry}.cjs`), `"use strict";\nconst ${list} = require("./tools/${entry}.cjs");\n\nmodule.exports = ${list};\n`);
    await writeFile(join(to, `../${entry}.mjs`), `import commonJs from "./${entry}.cjs";\n\nexport const ${list} = commonJs;\n`);
    await writeFile(join(to, `../${entry}.d.ts`), `export * from "./tools/${entry}.js";\n`);
  }
}

/** Writes a file of `src/generated`. Brotli makes the module a fifth smaller than the package's own gzip does. */
async function writeCompressed(name, content) {
  const params = { [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS, [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  const text = brotliCompressSync(content, { params }).toString("base64");
  await writeFile(join(from, "src/generated", name), `export const compressed =\n  "${text}";\n`);
}

/** Returns each page's HTML, and the script and style of both. Brotli writes what is repeated once. */
async function bundledPages() {
  const { outputFiles } = await build({
    entryPoints: [join(from, "page/page.tsx")],
    outdir: "/",
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    jsxImportSource: "preact",
    logLevel: "warning",
  });
  const [script, style] = [".js", ".css"].map((ending) => outputFiles.find(({ path }) => path.endsWith(ending)).text);
  const pages = {};
  for (const page of PAGES) {
    pages[page] = { html: await readFile(join(from, `page/${page}.html`), "utf8"), script, style };
  }
  return pages;
}

/** Returns each entry with the names that it exports. */
async function bundlePrograms() {
  const modules = join(to, "modules");
  // The names stay, for traces of faults.
  const shared = { bundle: true, minifySyntax: true, minifyWhitespace: true, target: "node20.19", platform: "node", logLevel: "warning" };
  const { metafile } = await build({
    ...shared,
    absWorkingDir: from,
    entryPoints: entries.map((entry) => `./src/${entry}.ts`),
    outdir: modules,
    splitting: true,
    chunkNames: "chunks/[hash]",
    format: "esm",
    metafile: true,
  });
  const scripts = Object.entries(metafile.outputs).map(([path, output]) => [path.slice(path.indexOf("modules/") + 8), output]);
  await mkdir(join(to, "chunks"), { recursive: true });
  await build({
    ...shared,
    absWorkingDir: modules,
    entryPoints: scripts.map(([path]) => ({ in: `./${path}`, out: path.replace(/\.js$/, "") })),
    outdir: to,
    outExtension: { ".js": ".cjs" },
    format: "cjs",
    plugins: [{ name: "CommonJS", setup: requireCommonJs }],
  });
  await rm(modules, { recursive: true });
  return scripts.filter(([path]) => !path.startsWith("chunks/")).map(([path, { exports }]) => [path.replace(/\.js$/, ""), exports]);
}

function requireCommonJs({ onResolve }) {
  onResolve({ filter: /^\./ }, ({ path, kind }) =>
    kind === "entry-point" ? undefined : { path: path.replace(/\.js$/, ".cjs"), external: true },
  );
}
