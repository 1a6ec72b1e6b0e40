// --tamper: a right receiver refuses every forgery, and send says whether it did.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { test } from "node:test";
import { nodeHandler } from "docutray-webhook/node";
import { answering, startEndpoint } from "../endpoint.mjs";
import { jsonLines, run } from "../program.mjs";
import { source } from "../source.mjs";

const { rule } = await source("rules.ts");
const SECRET = "whsec_test";
const REGISTERED = "https://example.com/hooks";
const SILENT = { warn() {}, error() {} };
const env = { DOCUTRAY_WEBHOOK_SECRET: SECRET, DOCUTRAY_WEBHOOK_URL: REGISTERED };
const send = async (url, name, ...more) => await run(["send", "CONVERSION_COMPLETED", "--to", url, "--tamper", name, ...more], { env });

for (const { name, code, status } of rule("forgeries", {})) {
  test(`${name}: our handler answers ${status} ${code}, which is right`, async (t) => {
    const handler = nodeHandler({ secret: SECRET, url: REGISTERED, logger: SILENT, on: { CONVERSION_COMPLETED: () => {} } });
    const server = createServer(handler).listen(0, "127.0.0.1");
    t.after(() => server.close());
    await once(server, "listening");
    const result = await send(`http://127.0.0.1:${server.address().port}/`, name, "--json");
    const [{ answer, good, forgery }] = jsonLines(result.stdout);
    assert.deepEqual([result.code, answer.status, good, forgery.name], [0, status, true, name], result.stdout);
  });
}

test("one that is accepted is bad, and one that breaks the receiver, too", async (t) => {
  for (const [status, warning] of [
    [200, /warning: accepted, but this delivery is forged \(body changed on the way\), and a right receiver refuses it: signature_mismatch/],
    [500, /warning: .* refuses it: signature_mismatch, with a status of 400 to 499/],
    [302, /with a status of 400 to 499/],
  ]) {
    const { url } = await startEndpoint(t, answering(status));
    const { code, stderr } = await send(url, "body");
    assert.equal(code, 1);
    assert.match(stderr, warning);
  }
});

test("a delivery that is authentic and unfit may be kept", async (t) => {
  const { url } = await startEndpoint(t);
  const { code, stderr } = await send(url, "fields");
  assert.equal(code, 0);
  assert.match(stderr, /right only if the endpoint keeps it and does not process it/);
});
