// What the next deliveries are answered can be said beforehand.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fresh } from "../delivery.mjs";
import { all, behind, deliver, listening, opened } from "./listener.mjs";

test("--answer answers every delivery with a status", async (t) => {
  const listener = await listening(t, { options: ["--answer", "503"] });
  assert.equal((await deliver(listener, fresh())).status, 503);
  assert.equal((await deliver(listener, fresh())).status, 503);
  const { answer, answeredBy, explanation } = await listener.latest();
  assert.deepEqual([answer.status, answeredBy, explanation.verdict], [503, "script", "verified"]);
});

test("--answer reset resets the connection", async (t) => {
  const listener = await listening(t, { options: ["--answer", "reset"] });
  const socket = await opened(t, listener, "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}");
  const error = await new Promise((resolve) => socket.once("error", resolve).once("end", resolve));
  assert.equal(error?.code, "ECONNRESET");
  assert.equal((await listener.latest()).answer.failure, "reset");
});

test("--answer hang leaves the connection open and silent, and the next delivery comes all the same", async (t) => {
  const listener = await listening(t, { options: ["--answer", "hang"] });
  const head = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}";
  const silent = await opened(t, listener, head);
  const { id, answer } = await listener.latest();
  assert.equal(answer.failure, "timeout");
  await opened(t, listener, head);
  assert.equal((await listener.latest(`&since=${id}`)).id, "2");
  assert.deepEqual([silent.closed, silent.bytesRead], [false, 0]);
  listener.child.kill("SIGTERM");
  assert.equal(await all(silent), "");
});

test("scripted answers are taken in their order, and then a right receiver answers", async (t) => {
  const listener = await listening(t);
  const script = await listener.api("/api/answers", { answers: [{ answer: 500 }, { answer: "reset" }, { answer: 429 }] });
  assert.deepEqual(script, { status: 200, json: { waiting: 3 } });
  assert.equal((await deliver(listener, fresh())).status, 500);
  await assert.rejects(deliver(listener, fresh()), { code: "ECONNRESET" });
  assert.equal((await deliver(listener, fresh())).status, 429);
  assert.equal((await deliver(listener, fresh({ id: "new" }))).status, 200);
});

test("a scripted answer replaces the server's, which has the delivery or not", async (t) => {
  const server = await behind(t);
  const listener = await listening(t, { options: ["--forward", server.url] });
  await listener.api("/api/answers", { answers: [{ answer: 504 }, { answer: 502, delivered: false }] });
  assert.deepEqual([(await deliver(listener, fresh())).status, server.came.length], [504, 1]);
  assert.deepEqual([(await deliver(listener, fresh())).status, server.came.length], [502, 1]);
  assert.deepEqual([(await deliver(listener, fresh())).text, server.came.length], ["taken", 2]);
});

test("a script that cannot be is refused, and says where", async (t) => {
  const listener = await listening(t);
  const wrong = [
    [{}, "answers"],
    [{ answers: [] }, "answers"],
    [{ answers: [{ answer: 200 }, { answer: 100 }] }, "answers[1].answer"],
    [{ answers: [{ answer: "hangs" }] }, "answers[0].answer"],
    [{ answers: [{ answer: 200, delivered: 1 }] }, "answers[0].delivered"],
    [{ answers: [{ answer: 200, body: "x" }] }, "answers[0].body"],
    [{ answers: Array(1001).fill({ answer: 200 }) }, "answers"],
  ];
  for (const [body, field] of wrong) {
    const { status, json } = await listener.api("/api/answers", body);
    assert.deepEqual([status, json.error.code, json.error.field], [400, "invalid_body", field]);
  }
  await listener.api("/api/answers", { answers: Array(1000).fill({ answer: 200 }) });
  const full = await listener.api("/api/answers", { answers: [{ answer: 200 }] });
  assert.deepEqual([full.status, full.json.error.code], [409, "too_many_answers"]);
});
