// Schemas of each library in a handler, as a user has them: deliveries go in, answers come out.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { documents } from "docutray-webhook/documents";
import { webHandler } from "docutray-webhook/handler";
import { completed, fresh, SECRET, URL } from "./delivery.mjs";
import { LIBRARIES } from "./libraries.mjs";

const DATA = { total: 1190.5, issued: "2024-01-15", lines: [{ amount: 1 }, { amount: 2 }], note: "secret words" };

/** What an event with this data comes to, and what its handler and `onUnfit` got. */
async function delivered(schema, data) {
  const [seen, kept, said] = [[], [], []];
  const handler = webHandler({
    secret: SECRET,
    url: URL,
    on: documents({ invoice: schema }, { invoice: ({ payload }) => void seen.push(payload.data) }),
    onUnfit: (error, _, rawBody) => void kept.push({ error, rawBody }),
  });
  const { error } = console;
  console.error = (...words) => said.push(...words);
  try {
    const { headers, body } = fresh({ payload: completed({ data }) });
    const response = await handler(new Request("http://localhost/hooks", { method: "POST", headers, body }));
    return { status: response.status, ...(await response.json()), seen, kept, said: said.map(String).join(" ") };
  } finally {
    console.error = error;
  }
}

async function isUnfit(schema, data, field) {
  const { status, verdict, code, seen, kept, said } = await delivered(schema, data);
  assert.deepEqual([status, verdict, code, seen], [200, "kept", "malformed_payload", []]);
  const [{ error, rawBody }] = kept;
  assert.equal(error.field, field);
  assert.deepEqual(JSON.parse(Buffer.from(rawBody)).data, data);
  // Some libraries quote the value in their messages.
  assert.doesNotMatch(said + error.message + error.finding, /secret words/);
}

for (const [library, { invoice, slow }] of Object.entries(LIBRARIES)) {
  suite(library, () => {
    test("a handler gets what the schema gives", async () => {
      const { status, verdict, seen } = await delivered(invoice, DATA);
      assert.deepEqual([status, verdict], [200, "processed"]);
      assert.equal(seen[0].total, 1190.5);
      assert.deepEqual(seen[0].issued, new Date("2024-01-15"));
      assert.deepEqual(seen[0].lines, DATA.lines);
    });

    test("what does not fit is kept, and its place is named", async () => {
      await isUnfit(invoice, { ...DATA, total: "secret words" }, "data.total");
      await isUnfit(invoice, { ...DATA, lines: [{ amount: 1 }, { amount: "secret words" }] }, "data.lines[1].amount");
      await isUnfit(invoice, { ...DATA, lines: null }, "data.lines");
    });

    if (slow !== undefined) {
      test("an asynchronous check is waited for", async () => {
        const { verdict, seen } = await delivered(slow, { currency: "EUR" });
        assert.deepEqual([verdict, seen], ["processed", [{ currency: "EUR" }]]);
        await isUnfit(slow, { currency: "XXX" }, "data.currency");
      });
    }
  });
}
