// No client can take much memory, or hold a connection for long.
import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { connect } from "node:net";
import { test } from "node:test";
import { send, started, writing } from "./server.mjs";

function post(server, body) {
  return send(server, { method: "POST", path: "/api/echo", headers: writing(server), body });
}

/** Opens a connection and sends a text. */
async function opened(t, { port }, text) {
  const socket = connect(port, "127.0.0.1").setEncoding("utf8");
  socket.on("error", () => {});
  t.after(() => socket.destroy());
  await once(socket, "connect");
  socket.write(text);
  return socket;
}

const HEAD = "POST /api/echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

async function firstLine(socket) {
  const [text] = await once(socket, "data");
  return text.split("\r\n")[0];
}

test("a body that is too large is refused by its announced length, and by what comes", async (t) => {
  const server = await started(t, { limits: { body: 100 } });
  assert.equal((await post(server, JSON.stringify("x".repeat(98)))).status, 200);
  const { status, json } = await post(server, JSON.stringify("x".repeat(99)));
  assert.deepEqual([status, json.error.code], [413, "body_too_large"]);

  const announced = await opened(t, server, `${HEAD}Content-Length: 101\r\n\r\n`);
  assert.match(await firstLine(announced), / 413 /);
  await once(announced, "close");
  const chunked = await opened(t, server, `${HEAD}Transfer-Encoding: chunked\r\n\r\n65\r\n${"x".repeat(101)}\r\n`);
  assert.match(await firstLine(chunked), / 413 /);
  await once(chunked, "close");
});

test("bodies that arrive together share a budget, which they give back", async (t) => {
  const server = await started(t, { limits: { body: 100, bodies: 150 } });
  const slow = await opened(t, server, `${HEAD}Content-Length: 100\r\n\r\n${"1".repeat(90)}`);
  // The slow body is counted as soon as a full one is refused.
  let refused;
  do {
    refused = await post(server, "2".repeat(90));
  } while (refused.status === 200);
  assert.deepEqual([refused.status, refused.json.error.code], [503, "busy"]);
  slow.destroy();
  do {
    refused = await post(server, "2".repeat(90));
  } while (refused.status !== 200);
});

test("a head and a body that do not end are cut off", async (t) => {
  const server = await started(t, { limits: { request: 100 } });
  for (const part of ["GET /readyz HTTP/1.1\r\nHost: local", `${HEAD}Content-Length: 100\r\n\r\n{`]) {
    const socket = await opened(t, server, part);
    socket.resume();
    await once(socket, "close");
  }
  assert.equal((await send(server, { path: "/readyz" })).status, 200);
});

test("more connections than the limit are closed", async (t) => {
  const server = await started(t, { limits: { connections: 2 } });
  const first = await opened(t, server, "");
  await opened(t, server, "");
  const third = await opened(t, server, "");
  third.resume();
  await once(third, "close");
  first.destroy();
  await once(first, "close");
});

test("a request whose client has gone is told", async (t) => {
  const request = new EventEmitter();
  const answer = ({ signal }) => {
    signal.addEventListener("abort", () => request.emit("gone"));
    request.emit("come");
    return new Promise(() => {});
  };
  const server = await started(t, { routes: [{ method: "GET", path: "/api/wait", summary: "Wait", answers: {}, answer }] });
  const come = once(request, "come");
  const socket = await opened(t, server, "GET /api/wait HTTP/1.1\r\nHost: localhost\r\n\r\n");
  await come;
  const gone = once(request, "gone");
  socket.destroy();
  await gone;
});
