// The Content Security Policy that the package needs in each browser. DOCUTRAY_CONSUMER has the package installed.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { fresh, SECRET, URL } from "../../../js/test/delivery.mjs";
import { NAMES } from "./browsers.mjs";
import { POLICY, visit } from "./visit.mjs";

const PATIENCE = { timeout: 240_000 };
const WASM = " 'wasm-unsafe-eval'";
const { headers, body } = fresh();
const files = { "/delivery.json": JSON.stringify({ secret: SECRET, url: URL, headers, body }) };

/** A page of this directory. It is bundled where the package is installed. */
function page(name) {
  return join(process.env.DOCUTRAY_CONSUMER, "hosts/browser/policy", `${name}.mjs`);
}

for (const browser of NAMES) {
  test(`${browser}: a receiver needs no more than 'wasm-unsafe-eval'`, PATIENCE, async () => {
    const { statuses, kept } = await visit(browser, page("receiver"), { files });
    assert.deepEqual([statuses, kept], [[401, 200, 200], [{ total: 1190.5, currency: "EUR" }]]);
  });

  test(`${browser}: without it, the error names the directive`, PATIENCE, async () => {
    const policy = POLICY.replace(WASM, "");
    assert.notEqual(policy, POLICY);
    await assert.rejects(visit(browser, page("receiver"), { files, policy }), /Error: the page's Content Security Policy .* add 'wasm-unsafe-eval'/);
  });

  test(`${browser}: a violation or a fault fails the page`, PATIENCE, async () => {
    await assert.rejects(visit(browser, page("eval")), /its policy was violated: /);
    await assert.rejects(visit(browser, page("fault")), /no such thing/);
  });
}
