// Bundles the tools: the module and the pages, which become text in the programs, and the programs and entries for Node, in CommonJS with chunks for
// what several of them need. Each entry also has an `.mjs` that exports what its `.cjs` has.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";

const [from, to, module, ...entries] = process.argv.slice(1);
const PAGES = ["emulate", "listen"];

await writeModule();
await bundlePages();
const exported = await bundlePrograms();
for (const [entry, names] of exported) {
  if (names.length > 0) {
    const list = `{ ${names.join(", ")} }`;
    await writeFile(join(to, `${entry}.mjs`), `import commonJs from "./${entry}.cjs";\n\nexport const ${list} = commonJs;\n`);
  }
}

/** Writes `src/generated/module.js`. The programs are started once and not with each request, so size counts for more than time. */
async function writeModule() {
  const text = compressed(await readFile(module));
  await writeFile(join(from, "src/generated/module.js"), `export const module = "${text}";\n`);
}

/** Writes `src/generated/pages.js`: each page's HTML, and the script and style of all. Compressed, these take no room twice. */
async function bundlePages() {
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
  const text = compressed(JSON.stringify(pages));
  await writeFile(
    join(from, "src/generated/pages.js"),
    `import { brotliDecompressSync } from "node:zlib";\n\nexport const pages = JSON.parse(brotliDecompressSync(Buffer.from("${text}", "base64")));\n`,
  );
}

/** Returns each entry with the names that it exports. */
async function bundlePrograms() {
  const modules = join(to, "modules");
  const shared = { bundle: true, target: "node20.19", platform: "node", minify: true, logLevel: "warning" };
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

/** As text for a script. */
function compressed(content) {
  return brotliCompressSync(content).toString("base64");
}
