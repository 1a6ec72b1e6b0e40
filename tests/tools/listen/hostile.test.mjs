// Anybody may reach the receiving socket through a tunnel. No sender ends the listener, or takes much of it for long.
import assert from "node:assert/strict";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { fresh, SECRET, URL as REGISTERED } from "../delivery.mjs";
import { source } from "../source.mjs";
import { all, behind, deliver, listening, opened } from "./listener.mjs";

/** In milliseconds. What is waited for comes much earlier, unless it never comes. */
const PATIENCE = 120_000;
const HEAD = "POST /hooks HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

/** A listener in this process, with limits of its own. `url: false` is none. */
async function limited(t, { limits, kept, forward, url = REGISTERED } = {}) {
  const { startListener, RECEIVING_LIMITS, KEPT } = await source("listen/start.ts", "listen/receiving-socket.ts");
  const told = { refused: [], failed: [], came: 0 };
  const listener = await startListener({
    settings: { secrets: [SECRET], url: url || undefined, forward: forward && new URL(forward), allowRemote: false, answer: undefined },
    port: 0,
    inspectorPort: 0,
    watcher: { came: () => told.came++, answered: () => {}, refused: (code) => told.refused.push(code), failed: (error) => told.failed.push(error) },
    limits: { ...RECEIVING_LIMITS, ...limits },
    kept: { ...KEPT, ...kept },
  });
  t.after(() => listener.close());
  const api = async (path) => (await fetch(listener.inspector + path)).json();
  return { ...listener, port: Number(new URL(listener.url).port), told, api };
}

async function works(listener) {
  const { status } = await deliver(listener, fresh());
  assert.equal(status, 200);
}

function statusOf(text) {
  return Number(/^HTTP\/1\.1 (\d{3}) /.exec(text)?.[1]);
}

test("a body over the limit is refused, and only its beginning is kept", async (t) => {
  const listener = await listening(t);
  const { headers } = fresh({ payload: "{}" });
  const answer = await deliver(listener, { headers, body: Buffer.alloc(17 * 1024 * 1024, " ") });
  assert.deepEqual([answer.status, JSON.parse(answer.text).code], [413, "body_too_large"]);
  const capture = await listener.latest();
  assert.deepEqual([capture.bodyTruncated, capture.body.text.length, capture.bytes], [true, 64 * 1024, 17 * 1024 * 1024]);
  await deliver(listener, { headers, body: `.${"é".repeat(9 * 1024 * 1024)}` });
  // Of 64 KiB the last byte would be half of a character.
  assert.equal((await listener.latest()).body.text, `.${"é".repeat(32 * 1024 - 1)}`);
  await works(listener);
});

test("bytes that are no HTTP, and requests with two ends, are refused", async (t) => {
  const server = await behind(t);
  const listener = await limited(t, { forward: server.url });
  const smuggled = "POST /smuggled HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}";
  const wrong = [
    "\x16\x03\x01\x02\x00\x01\x00",
    "nonsense\r\n\r\n",
    `${HEAD}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`,
    `${HEAD}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}${smuggled}`,
    `${HEAD}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${smuggled}`,
    `${HEAD}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${smuggled}`,
    `${HEAD}Content-Length: +2\r\n\r\n{}`,
    `${HEAD}Content-Length : 2\r\n\r\n{}`,
    `${HEAD}X-Bad: a\rb\r\nContent-Length: 2\r\n\r\n{}`,
    `${HEAD}X-Null: a\0b\r\nContent-Length: 2\r\n\r\n{}`,
    `${HEAD}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`,
    `${HEAD}X-Long: ${"x".repeat(100_000)}\r\n\r\n`,
    "POST http://evil.example/hooks HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}",
    "POST /hooks HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}",
  ];
  for (const bytes of wrong) {
    const socket = await opened(t, listener, Buffer.from(bytes, "latin1"));
    assert.equal(statusOf(await all(socket)), 400, JSON.stringify(bytes.slice(0, 200)));
  }
  assert.deepEqual([server.came.length, listener.told.failed], [0, []]);
  assert.ok(listener.told.refused.every((code) => code === "malformed_request"));
  await works(listener);
});

test("no number of headers hides one of them", async (t) => {
  const server = await behind(t);
  const listener = await limited(t, { forward: server.url });
  const many = "a:\r\n".repeat(1_100);
  const bytes = `${HEAD}${many}Origin: https://evil.example\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}`;
  assert.equal(statusOf(await all(await opened(t, listener, bytes))), 403);
  assert.deepEqual([server.came.length, listener.told.refused], [0, ["foreign_origin"]]);
});

test("a target that is not of visible ASCII characters is the sender's fault", async (t) => {
  // Without a URL, the target becomes part of the signed one.
  const listener = await limited(t, { url: false });
  for (const target of ["/hooks/\u00e0", "/hooks\ufeff", "/ho\toks", "/ho\foks"]) {
    const bytes = Buffer.from(`POST ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}`);
    assert.equal(statusOf(await all(await opened(t, listener, bytes))), 400, target);
  }
  assert.deepEqual([listener.told.failed, listener.told.refused], [[], Array(4).fill("malformed_request")]);
  // The parsers of newer Node refuse them before.
  const { reasonOf } = await source("listen/receiving-socket.ts");
  const reason = (url) => reasonOf({ method: "POST", url, headers: {}, rawHeaders: [] });
  assert.deepEqual(["/hooks/\u00c3\u00a0", "/ho\toks", "/hooks\u007f"].map(reason), Array(3).fill("malformed_request"));
  assert.deepEqual(["/", "/hooks/%C3%A0?a=~!"].map(reason), [undefined, undefined]);
});

test("an answer that HTTP cannot carry is 500, and ends nothing", async (t) => {
  const { openReceivingSocket, RECEIVING_LIMITS } = await source("listen/receiving-socket.ts");
  const failed = [];
  const socket = await openReceivingSocket({
    port: 0,
    limits: RECEIVING_LIMITS,
    receive: async ({ target }) => ({ status: target === "/good" ? 204 : 99, headers: [], body: { text: "" } }),
    refuse: () => assert.fail("nothing is refused"),
    failed: (error) => {
      failed.push(error.code);
      return { status: 500, headers: [], body: { text: "" } };
    },
  });
  t.after(() => socket.close());
  assert.equal((await deliver(socket, fresh())).status, 500);
  assert.deepEqual(failed, ["ERR_HTTP_INVALID_STATUS_CODE"]);
  assert.equal((await deliver(socket, fresh(), "/good")).status, 204);
});

test("a request behind another that has no answer yet ends the connection", async (t) => {
  const server = await behind(t, () => {});
  const listener = await limited(t, { forward: server.url });
  const request = `${HEAD}Content-Length: 2\r\n\r\n{}`;
  assert.equal(await all(await opened(t, listener, request.repeat(3))), "");
});

test("a connection may be used for one delivery after the other", async (t) => {
  const listener = await limited(t);
  const socket = await opened(t, listener, "");
  for (let round = 0; round < 20; round++) {
    socket.write(`${HEAD}Content-Length: 2\r\n\r\n{}`);
    const [answer] = await once(socket, "data");
    assert.equal(statusOf(String(answer)), 400);
  }
  assert.deepEqual([listener.told.came, listener.told.refused], [20, []]);
});

test("half a request is no delivery", { timeout: PATIENCE }, async (t) => {
  const listener = await limited(t);
  for (const bytes of [`${HEAD}Content-Length: 10\r\n\r\n{}`, `${HEAD}Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n`]) {
    (await opened(t, listener, bytes)).end();
  }
  while (listener.told.refused.length < 2) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  assert.deepEqual([listener.told.refused, listener.told.came], [["incomplete_body", "incomplete_body"], 0]);
  await works(listener);
});

test("a request that is too slow is ended", async (t) => {
  const listener = await limited(t, { limits: { head: 200, request: 200 } });
  for (const bytes of [HEAD, `${HEAD}Content-Length: 10\r\n\r\n{}`, `${HEAD}Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n`]) {
    assert.equal(statusOf(await all(await opened(t, listener, bytes))), 408);
  }
  assert.deepEqual([listener.told.refused, listener.told.came], [["body_timeout", "body_timeout", "body_timeout"], 0]);
});

test("bodies that are under way share a budget, which they give back", { timeout: PATIENCE }, async (t) => {
  const listener = await limited(t, { limits: { bodies: 1_000 } });
  const held = await opened(t, listener, `${HEAD}Content-Length: 800\r\n\r\n${" ".repeat(700)}`);
  const send = () => deliver(listener, { headers: {}, body: " ".repeat(700) });
  // The held bytes count as soon as they have arrived.
  let answer;
  do {
    answer = await send();
  } while (answer.status !== 503);
  assert.equal(JSON.parse(answer.text).code, "overloaded");
  held.destroy();
  do {
    answer = await send();
  } while (answer.status === 503);
});

test("requests that wait for the server are bounded, also when their senders have gone", { timeout: PATIENCE }, async (t) => {
  const server = await behind(t, () => {});
  const listener = await limited(t, { limits: { requests: 3 }, forward: server.url });
  for (let sender = 1; sender <= 3; sender++) {
    const socket = await opened(t, listener, `${HEAD}Content-Length: 2\r\n\r\n{}`);
    while (server.came.length < sender) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    socket.destroy();
  }
  const answer = await deliver(listener, fresh());
  assert.deepEqual([answer.status, server.came.length], [503, 3]);
});

test("connections are bounded", async (t) => {
  const listener = await limited(t, { limits: { connections: 5 } });
  for (let connection = 0; connection < 5; connection++) {
    await opened(t, listener, "POST");
  }
  assert.equal(await all(await opened(t, listener, HEAD)), "");
});

test("connections that wait are ended, and make room", { timeout: PATIENCE }, async (t) => {
  const listener = await limited(t, { limits: { connections: 5, head: 300 } });
  const idle = await Promise.all(Array.from({ length: 5 }, () => opened(t, listener, "POST")));
  await Promise.all(idle.map(all));
  // This end may know of the closed connections first.
  let answer;
  do {
    answer = await deliver(listener, fresh()).catch(({ code }) => assert.equal(code, "ECONNRESET"));
  } while (answer === undefined);
  assert.equal(answer.status, 200);
});

test("captures are bounded by their number, and what was dropped is counted", async (t) => {
  const listener = await limited(t, { kept: { captures: 3 } });
  for (let delivery = 1; delivery <= 5; delivery++) {
    await deliver(listener, fresh({ id: `c${delivery % 4}` }));
  }
  const { items, dropped } = await listener.api("/api/captures");
  assert.deepEqual([items.map(({ id }) => id), dropped], [["5", "4", "3"], 2]);
  // The first capture of this event is not kept any more.
  assert.equal(items[0].repeats, undefined);
});

test("captures are bounded by their bytes, answers included", async (t) => {
  const server = await behind(t, (response) => response.end("x".repeat(60_000)));
  const listener = await limited(t, { kept: { bytes: 200_000 }, forward: server.url });
  for (let delivery = 0; delivery < 3; delivery++) {
    await deliver(listener, fresh());
  }
  assert.equal((await listener.api("/api/captures")).dropped, 0);
  await deliver(listener, { headers: {}, body: " ".repeat(100_000) });
  const { items, dropped } = await listener.api("/api/captures");
  assert.deepEqual([items[0].id, items.length + dropped], ["4", 4]);
  assert.ok(dropped >= 2);
});

test("what was dropped or answered is not counted twice", async (t) => {
  const listener = await limited(t, { kept: { bytes: 100_000 } });
  for (let delivery = 0; delivery < 100; delivery++) {
    await deliver(listener, fresh());
  }
  // A capture of this size takes less than 10 kB.
  const { items } = await listener.api("/api/captures");
  assert.ok(items.length >= 10, String(items.length));
});

test("ten thousand deliveries leave memory bounded", { timeout: 300_000 }, async (t) => {
  const listener = await listening(t);
  const status = async () => Number(/VmRSS:\s+(\d+) kB/.exec(await readFile(`/proc/${listener.child.pid}/status`, "utf8"))[1]) / 1024;
  const { headers, body } = fresh({ payload: JSON.stringify({ padding: "x".repeat(20_000) }), event: "BATCH_ARCHIVED" });
  const send = async (count) => {
    for (let sent = 0; sent < count; sent += 50) {
      await Promise.all(Array.from({ length: 50 }, () => deliver(listener, { headers, body })));
    }
  };
  await send(2_000);
  const before = await status();
  await send(8_000);
  const after = await status();
  const { items, dropped } = (await listener.api("/api/captures")).json;
  assert.deepEqual([items.length, dropped], [500, 9_500]);
  // 160 MB have come since, and 10 MB of them are kept.
  assert.ok(after - before < 100, `${before} MiB, then ${after} MiB`);
});
