// Compiles the TypeScript beside it, file by file, to `built`: what the tests import as `docutray-webhook`.
import { cp, glob } from "node:fs/promises";
import { build } from "esbuild";

const entryPoints = await Array.fromAsync(glob("src/**/*.ts", { exclude: (name) => /\.d\.[cm]?ts$/.test(name) }));
await build({ entryPoints, outbase: "src", outdir: "built", format: "esm", target: "es2022", tsconfigRaw: {} });
await cp("src/generated", "built/generated", { recursive: true });
