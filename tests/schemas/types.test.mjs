// What a strict compiler infers of each library's schemas.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";

const run = promisify(execFile);
/** The packages are in the project above. */
const MODULES = join(import.meta.dirname, "../../node_modules");
const COMPILERS = { "TypeScript 7": "typescript", "TypeScript 5": "typescript-5" };
const STRICT = "--noEmit --strict --exactOptionalPropertyTypes --noUncheckedIndexedAccess --noPropertyAccessFromIndexSignature";
const TARGET = "--target es2022 --lib es2022,esnext.disposable,dom,dom.iterable --module nodenext --skipLibCheck --typeRoots types";

for (const [name, compiler] of Object.entries(COMPILERS)) {
  test(name, async () => {
    const options = `${STRICT} ${TARGET}`.split(" ");
    try {
      await run(process.execPath, [join(MODULES, compiler, "bin/tsc"), ...options, "types/inferred.ts"], { cwd: import.meta.dirname });
    } catch (error) {
      throw new Error(error.stdout || error.message);
    }
  });
}
