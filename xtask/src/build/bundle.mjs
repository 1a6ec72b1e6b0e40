// Makes one file of each entry, and chunks of what several of them need: a process that loads the package opens a few
// files, not fifty. What a host decides (`#core`, modules that it compiles, its own modules) stays an import,
// and so does what the application installs.
import { build } from "esbuild";

const [from, to, ...entries] = process.argv.slice(1);

await build({
  absWorkingDir: from,
  entryPoints: entries.map((entry) => `./${entry}.js`),
  outdir: to,
  bundle: true,
  splitting: true,
  chunkNames: "chunks/[hash]",
  format: "esm",
  platform: "neutral",
  target: "es2022",
  external: ["#core", "*.wasm", "*.wasm?module", "@aws-sdk/*"],
  logLevel: "warning",
});
