// Bundles the tools: the pages, which become text in the programs, and the programs and entries for Node, in CommonJS with chunks for
// what several of them need. Each entry also has an `.mjs` that exports what its `.cjs` has.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

const [from, to, ...entries] = process.argv.slice(1);
const PAGES = ["emulate", "listen"];

await bundlePages();
const exported = await bundlePrograms();
for (const [entry, names] of exported) {
  if (names.length > 0) {
    const list = `{ ${names.join(", ")} }`;
    await writeFile(join(to, `${entry}.mjs`), `import commonJs from "./${entry}.cjs";\n\nexport const ${list} = commonJs;\n`);
  }
}

/** Writes `src/generated/pages.js`: each page's HTML, script and style. */
async function bundlePages() {
  const { outputFiles } = await build({
    entryPoints: PAGES.map((page) => join(from, `page/${page}.tsx`)),
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
  const pages = {};
  for (const page of PAGES) {
    const output = (ending) => outputFiles.find(({ path }) => path.endsWith(`${page}.${ending}`))?.text ?? "";
    pages[page] = { html: await readFile(join(from, `page/${page}.html`), "utf8"), script: output("js"), style: output("css") };
  }
  await writeFile(join(from, "src/generated/pages.js"), `export const pages = ${JSON.stringify(pages)};\n`);
}

/** Returns each entry with the names that it exports. */
async function bundlePrograms() {
  const modules = join(to, "modules");
  const shared = { bundle: true, target: "node20.19", platform: "node", logLevel: "warning" };
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
