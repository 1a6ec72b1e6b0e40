// Checks the handler's type against the types that each host expects.
import { join } from "node:path";
import { test } from "node:test";
import { DENO, NODE, tool } from "./places.mjs";
import { PATIENCE, run } from "./processes.mjs";

const cwd = join(import.meta.dirname, "types");
const TSC = [tool("typescript/bin/tsc"), "--noEmit", "--strict", "--target", "es2022"];
const BUNDLED = ["--module", "esnext", "--moduleResolution", "bundler"];
const WEB = ["--lib", "es2022,esnext.disposable,dom,dom.iterable"];

/** `skipLibCheck` is set where the types of other packages conflict. Ours are checked with the Worker. */
const PROGRAMS = {
  "frameworks.ts": [...WEB, "--types", "node", "--skipLibCheck"],
  "workers.ts": ["--lib", "es2022,esnext.disposable", "--types", "@cloudflare/workers-types"],
  "bun.ts": ["--lib", "es2022,esnext", "--types", "bun", "--skipLibCheck"],
};

for (const [file, options] of Object.entries(PROGRAMS)) {
  test(`TypeScript accepts the handler in ${file}`, { timeout: PATIENCE }, async () => {
    await run(NODE, [...TSC, ...BUNDLED, ...options, file], { cwd });
  });
}

test("Deno accepts the handler in deno.ts", { timeout: PATIENCE }, async () => {
  await run(DENO, ["check", "--cached-only", "deno.ts"], { cwd });
});
