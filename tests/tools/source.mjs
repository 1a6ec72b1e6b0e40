// Parts of the tools that the package does not export, from their sources.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

/** Imports files of `js/tools/src` as one module, so that they share their classes. */
export async function source(...files) {
  const directory = await mkdtemp(join(tmpdir(), "source-"));
  const outfile = join(directory, "bundle.mjs");
  const contents = files.map((file) => `export * from "./${file}";`).join("\n");
  const stdin = { contents, resolveDir: join(process.env.REPOSITORY, "js/tools/src") };
  await build({ stdin, outfile, bundle: true, format: "esm", platform: "node", target: "node20.19", logLevel: "warning" });
  try {
    return await import(pathToFileURL(outfile));
  } finally {
    await rm(directory, { recursive: true });
  }
}
