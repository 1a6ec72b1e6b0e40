// The developer's server gets what came, and the sender gets what it answered.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import { test } from "node:test";
import { fresh } from "../delivery.mjs";
import { all, behind, deliver, listening, opened } from "./listener.mjs";

/** The fields that the sender or the server chose itself. */
function own(fields) {
  return fields.filter(([name]) => !["host", "content-length", "connection", "keep-alive"].includes(name.toLowerCase()));
}

test("the bytes, the headers with their order and doubles, and the query arrive as they were sent", async (t) => {
  const server = await behind(t);
  const listener = await listening(t, { options: ["--forward", server.url] });
  const { headers, body } = fresh();
  const sent = [["Z-First", "1"], ["A-Second", "2"], ["z-FIRST", "ü"], ...Object.entries(headers)];
  const spaced = `  ${body}\r\n`;
  await deliver(listener, { headers: sent.map(([name, value]) => [name, Buffer.from(value).toString("latin1")]).flat(), body: spaced }, "/hooks/a%2Fb?x=%20&y=1,2");
  const [came] = server.came;
  assert.equal(came.method, "POST");
  assert.equal(came.target, "/hooks/a%2Fb?x=%20&y=1,2");
  assert.equal(came.body.toString(), spaced);
  assert.deepEqual(own(came.fields).map(([name, value]) => [name, Buffer.from(value, "latin1").toString()]), sent);
  assert.equal(came.headers.host, new URL(server.url).host);
});

test("a path of --forward replaces the request's, and its query stays before the request's", async (t) => {
  const server = await behind(t);
  const listener = await listening(t, { options: ["--forward", `${server.url}/in?key=1`] });
  await deliver(listener, fresh(), "/hooks?tenant=2");
  await deliver(listener, fresh());
  assert.deepEqual(server.came.map(({ target }) => target), ["/in?key=1&tenant=2", "/in?key=1"]);
});

test("headers of one hop end here, in both directions", async (t) => {
  const server = await behind(t, (response) => {
    response.writeHead(200, ["Keep-Alive", "timeout=9", "Connection", "close, X-Hop", "X-Hop", "1", "X-Kept", "2", "Trailer", "X-Late"]);
    response.end("taken");
  });
  const listener = await listening(t, { options: ["--forward", server.url] });
  const hops = ["Connection", "close, X-Mine", "X-Mine", "1", "TE", "trailers", "Proxy-Authorization", "secret", "Upgrade", "h2c", "X-Other", "2"];
  const answer = await deliver(listener, { headers: hops, body: "{}" });
  const names = own(server.came[0].fields).map(([name]) => name);
  assert.deepEqual(names, ["X-Other"]);
  assert.doesNotMatch(server.came[0].headers.connection ?? "", /X-Mine/);
  assert.deepEqual([answer.headers["x-hop"], answer.headers.trailer, answer.headers["x-kept"]], [undefined, undefined, "2"]);
});

test("the answer is returned as it came: status, headers with doubles, bytes", async (t) => {
  const page = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.alloc(200_000, "x")]);
  const server = await behind(t, (response) => {
    response.sendDate = false;
    response.writeHead(418, ["X-B", "1", "set-cookie", "a=1", "Set-Cookie", "b=2", "Content-Encoding", "gzip"]);
    response.end(page);
  });
  const listener = await listening(t, { options: ["--forward", server.url] });
  const answer = await deliver(listener, fresh());
  assert.equal(answer.status, 418);
  assert.deepEqual(own(answer.fields), [["X-B", "1"], ["set-cookie", "a=1"], ["Set-Cookie", "b=2"], ["Content-Encoding", "gzip"]]);
  assert.ok(answer.bytes.equals(page));
  const { answer: kept, answeredBy } = await listener.latest();
  assert.deepEqual([kept.status, answeredBy], [418, "forward"]);
});

test("statuses without a body have none", async (t) => {
  const server = await behind(t, (response) => response.writeHead(204).end());
  const listener = await listening(t, { options: ["--forward", server.url] });
  const answer = await deliver(listener, fresh());
  assert.deepEqual([answer.status, answer.text, answer.headers["content-length"]], [204, "", undefined]);
});

test("a redirect is returned and not followed", async (t) => {
  const other = await behind(t);
  const server = await behind(t, (response) => response.writeHead(307, { location: other.url }).end());
  const listener = await listening(t, { options: ["--forward", server.url] });
  const answer = await deliver(listener, fresh());
  assert.deepEqual([answer.status, answer.headers.location, other.came.length], [307, other.url, 0]);
});

test("a forged delivery is forwarded, too: the server must refuse it itself", async (t) => {
  const server = await behind(t, (response) => response.writeHead(401).end("no"));
  const listener = await listening(t, { options: ["--forward", server.url] });
  const answer = await deliver(listener, fresh({ secret: "wrong" }));
  assert.deepEqual([answer.status, answer.text, server.came.length], [401, "no", 1]);
});

test("no answer is 502, and the capture says what happened", async (t) => {
  const closing = createServer((socket) => socket.on("data", () => socket.destroy())).listen(0, "127.0.0.1");
  await once(closing, "listening");
  t.after(() => closing.close());
  // Nothing listens at the first of all ports, which the system gives to nobody by itself.
  for (const [port, failure] of [[closing.address().port, "reset"], [1, "refused"]]) {
    const listener = await listening(t, { options: ["--forward", `http://127.0.0.1:${port}`] });
    const answer = await deliver(listener, fresh());
    assert.deepEqual([answer.status, JSON.parse(answer.text).code], [502, "no_answer"]);
    assert.equal((await listener.latest()).answer.failure, failure);
  }
});

test("a status that is none is no answer, and neither is one that only announces another", async (t) => {
  for (const [status, kept] of [["099", 99], ["000", 0], ["100", "reset"], ["103", "reset"], ["101"]]) {
    const server = createServer((socket) => {
      socket.on("error", () => {});
      socket.once("data", () => socket.end(`HTTP/1.1 ${status} X\r\nContent-Length: 0\r\n\r\n`));
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    t.after(() => server.close());
    const listener = await listening(t, { options: ["--forward", `http://127.0.0.1:${server.address().port}`] });
    for (let delivery = 1; delivery <= 2; delivery++) {
      const answer = await deliver(listener, fresh());
      assert.deepEqual([answer.status, JSON.parse(answer.text).code], [502, "no_answer"], status);
    }
    const { answer } = await listener.latest();
    // Versions of Node differ in whether they take 101 for an answer.
    assert.equal(answer.status ?? answer.failure, kept ?? answer.status ?? "reset");
  }
});

test("all headers of an answer are returned, however many", async (t) => {
  const many = Array.from({ length: 1_100 }, () => ["a", ""]).flat();
  const server = await behind(t, (response) => response.writeHead(200, [...many, "X-Last", "1"]).end());
  const listener = await listening(t, { options: ["--forward", server.url] });
  const socket = await opened(t, listener, "POST /hooks HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}");
  assert.match(await all(socket), /\r\nX-Last: 1\r\n/);
});

test("a page in a browser cannot reach the server through the listener", async (t) => {
  const server = await behind(t);
  const listener = await listening(t, { options: ["--forward", server.url] });
  const answer = await deliver(listener, { headers: ["Origin", "https://evil.example", "Content-Type", "text/plain"], body: "{}" });
  assert.deepEqual([answer.status, JSON.parse(answer.text).code], [403, "foreign_origin"]);
  const got = await fetch(`${listener.url}/admin`);
  assert.equal(got.status, 405);
  assert.equal(server.came.length, 0);
  assert.deepEqual((await listener.api("/api/captures")).json.items, []);
});
