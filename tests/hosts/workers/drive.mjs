// The cases on workerd: `node drive.mjs FILE...` prints one result a line. DOCUTRAY_CONSUMER has the package installed.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { serve } from "./workerd.mjs";

const address = await serve(join(process.env.DOCUTRAY_CONSUMER, "hosts/workers/wrangler.jsonc"));
const cases = process.argv.slice(2).flatMap((file) => JSON.parse(readFileSync(file, "utf8")));
const response = await fetch(address, {
  method: "POST",
  body: JSON.stringify(cases),
  signal: AbortSignal.timeout(300_000),
});
const results = await response.text();
if (!response.ok) {
  throw new Error(`the Worker answered ${response.status}: ${results}`);
}
process.stdout.write(`${results}\n`, () => process.exit());
