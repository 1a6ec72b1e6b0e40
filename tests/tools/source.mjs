// Parts of the tools that the package does not export, from their sources.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

/** Imports files of `js/tools/src` as one module, so that they share their classes. */
export async function source(...files) {
  const { url, remove } = await written(files);
  try {
    return await import(url);
  } finally {
    await remove();
  }
}

/** The URL of such a module, for another process, until the test ends. */
export async function bundled(t, ...files) {
  const { url, remove } = await written(files);
  t.after(remove);
  return url;
}

async function written(files) {
  const directory = await mkdtemp(join(tmpdir(), "source-"));
  const outfile = join(directory, "bundle.mjs");
  const contents = files.map((file) => `export * from "./${file}";`).join("\n");
  const stdin = { contents, resolveDir: join(process.env.REPOSITORY, "js/tools/src") };
  await build({ stdin, outfile, bundle: true, format: "esm", platform: "node", target: "node20.19", logLevel: "warning" });
  return { url: pathToFileURL(outfile), remove: () => rm(directory, { recursive: true }) };
}
