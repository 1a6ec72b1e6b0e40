// Pages see every change once, also after they were disconnected.
import assert from "node:assert/strict";
import { request } from "node:http";
import { test } from "node:test";
import { started } from "./server.mjs";

/** Opens a stream of events. */
async function listening(t, { port }, lastEventId) {
  const headers = lastEventId === undefined ? {} : { "last-event-id": lastEventId };
  const sent = request({ host: "127.0.0.1", port, path: "/api/stream", headers, agent: false });
  const response = await new Promise((resolve, reject) => sent.once("response", resolve).once("error", reject).end());
  t.after(() => sent.destroy());
  return { response, events: events(response) };
}

async function* events(response) {
  let text = "";
  for await (const chunk of response.setEncoding("utf8")) {
    text += chunk;
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const fields = Object.fromEntries(text.slice(0, end).split("\n").map((line) => line.split(/: (.*)/)));
      text = text.slice(end + 2);
      if ("data" in fields) {
        yield { id: fields.id, event: fields.event, data: JSON.parse(fields.data) };
      }
    }
  }
}

async function next({ events }) {
  return (await events.next()).value;
}

test("messages come with ids, and are sent again after the last one that came", async (t) => {
  const server = await started(t);
  const first = await listening(t, server);
  server.stream.send({ number: 1 });
  server.stream.send({ number: 2 });
  const { id, data } = await next(first);
  assert.deepEqual(data, { number: 1 });
  first.response.destroy();

  const second = await listening(t, server, id);
  assert.deepEqual((await next(second)).data, { number: 2 });
  server.stream.send({ text: "a\nb" });
  assert.deepEqual((await next(second)).data, { text: "a\nb" });
});

test("a page whose place is not known has to read everything again", async (t) => {
  const server = await started(t);
  server.stream.send({ number: 0 });
  for (const id of ["another-1", "nonsense", ""]) {
    const page = await listening(t, server, id);
    assert.equal((await next(page)).event, "reload", id);
  }
  const page = await listening(t, server, "nonsense");
  const { id } = await next(page);
  for (let number = 0; number < 5_000; number += 1) {
    server.stream.send({ number });
  }
  assert.equal((await next(await listening(t, server, id))).event, "reload");
});

test("only so many pages may listen", async (t) => {
  const server = await started(t);
  const pages = [];
  for (let count = 0; count < 32; count += 1) {
    pages.push(await listening(t, server));
  }
  assert.ok(pages.every(({ response }) => response.statusCode === 200));
  assert.equal((await listening(t, server)).response.statusCode, 503);
});

test("a page that does not read is disconnected", async (t) => {
  const server = await started(t);
  const page = await listening(t, server);
  page.response.pause();
  const closed = new Promise((resolve) => page.response.once("close", resolve).once("error", () => {}));
  const wide = "x".repeat(64 * 1024);
  for (let count = 0; count < 2_000; count += 1) {
    server.stream.send({ wide });
  }
  page.response.resume();
  await closed;
});

test("the stream ends when the server closes", async (t) => {
  const server = await started(t);
  const page = await listening(t, server);
  await server.close();
  assert.equal(await next(page).catch(() => undefined), undefined);
});
