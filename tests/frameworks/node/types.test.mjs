// Checks the handler's type against the frameworks' types.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";

const execute = promisify(execFile);
const COMPILER = join(import.meta.dirname, "../../node_modules/typescript/bin/tsc");
const STRICT = ["--noEmit", "--strict", "--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess", "--types", "node"];
/** Without the DOM's types, as in a server's project. */
const LANGUAGE = ["--target", "es2022", "--lib", "es2022"];

for (const [resolution, options] of Object.entries({
  nodenext: ["--module", "nodenext", "types/applications.mts", "types/required.cts"],
  "a bundler": ["--module", "esnext", "--moduleResolution", "bundler", "types/applications.mts"],
})) {
  test(`fit Express 4 and 5 and Fastify 4 and 5, resolved by ${resolution}`, async () => {
    const compiler = [COMPILER, ...STRICT, ...LANGUAGE, ...options];
    await execute(process.execPath, compiler, { cwd: import.meta.dirname }).catch(({ message, stdout }) => {
      throw new Error(`${message}\n${stdout}`);
    });
  });
}

test("fit Azure Functions and h3 2, and no application of Express", async () => {
  // h3's own types have a fault of theirs.
  const options = ["--target", "es2022", "--lib", "es2022,dom,dom.iterable", "--module", "nodenext", "--skipLibCheck", "types/web.mts"];
  await execute(process.execPath, [COMPILER, ...STRICT, ...options], { cwd: import.meta.dirname }).catch(({ message, stdout }) => {
    throw new Error(`${message}\n${stdout}`);
  });
});
