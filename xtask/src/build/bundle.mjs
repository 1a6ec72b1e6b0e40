// Bundles each entry into one file, with chunks for what several entries need, so that a process that loads the package opens
// a few files instead of fifty. Imports that a host resolves stay imports: `#core`, modules that it compiles, its own modules.
// So do imports of packages that the application installs.
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
