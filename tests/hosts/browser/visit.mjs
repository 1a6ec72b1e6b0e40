// A page that says what it did, under a Content Security Policy.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { show } from "./browsers.mjs";
import { serve } from "./site.mjs";

/** Nothing but what the package needs, and the page's own requests. */
export const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; require-trusted-types-for 'script'";
const PAGE = '<!doctype html><title>Cases</title><script src="/watch.js"></script><script type="module" src="/page.js"></script>';
const WATCH = readFileSync(join(import.meta.dirname, "watch.js"), "utf8");

/**
 * Runs a script, which is bundled, and returns what it tells.
 *
 * @throws `Error` about a fault that the page did not catch, or a violation of the policy.
 */
export async function visit(browser, script, { files = {}, policy = POLICY } = {}) {
  const bundle = await build({ entryPoints: [script], bundle: true, format: "esm", write: false });
  const all = { "/": PAGE, "/watch.js": WATCH, "/page.js": bundle.outputFiles[0].text, ...files };
  const { address, posted, end } = await serve(all, { "content-security-policy": policy });
  try {
    const { fault, violations, ...told } = JSON.parse(await show(browser, address, posted));
    const faults = [fault ?? [], ...violations.map((violation) => `its policy was violated: ${violation}`)].flat();
    if (faults.length > 0) {
      throw new Error(`the page in ${browser} failed: ${faults.join("; ")}`);
    }
    return told;
  } finally {
    end();
  }
}
