// Plain http goes to this machine alone, unless that is allowed.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import { test } from "node:test";
import { startEndpoint } from "../endpoint.mjs";
import { run } from "../program.mjs";
import { source } from "../source.mjs";

const { request } = await source("send/request.ts");
const env = { DOCUTRAY_WEBHOOK_SECRET: "whsec_test" };
const REFUSAL = /notAllowed: plain http is sent to this machine only, .*--allow-remote/;

test("another machine is refused before anything is sent, by its address and by a name", async () => {
  // 203.0.113.0/24 is for documentation.
  for (const host of ["203.0.113.1", "[2001:db8::1]", "0.0.0.0", "[::ffff:203.0.113.1]", "0x7f000001.0x1.invalid"]) {
    const { code, stderr } = await run(["send", "STEP_STARTED", "--to", `http://${host}:9/`], { env });
    if (host.endsWith("invalid")) {
      assert.equal(code, 3, "a name without an address");
    } else {
      assert.deepEqual([host, code], [host, 2]);
      assert.match(stderr, REFUSAL);
    }
  }
});

test("every way to name this machine is allowed", async (t) => {
  const { port, received } = await startEndpoint(t);
  for (const host of ["localhost", "127.0.0.1", "127.1", "2130706433", "[::ffff:127.0.0.1]"]) {
    const { code, stderr } = await run(["send", "STEP_STARTED", "--to", `http://${host}:${port}/`], { env });
    assert.equal(code, 0, `${host}: ${stderr}`);
  }
  assert.equal(received.length, 5);
});

test("with --allow-remote it is tried", async () => {
  // Nobody listens on this port of the unspecified address.
  const { code } = await run(["send", "STEP_STARTED", "--to", "http://0.0.0.0:1/", "--allow-remote"], { env });
  assert.equal(code, 3);
});

test("the connection goes to an address that was checked", async (t) => {
  const server = createServer((socket) => socket.end("HTTP/1.1 204 No Content\r\n\r\n"));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close());
  const options = { headers: [], body: Buffer.alloc(0), timeoutMilliseconds: 30_000, signal: new AbortController().signal, allowRemote: false };
  const answer = await request({ ...options, url: `http://localhost:${server.address().port}/` });
  assert.equal(answer.status, 204);
});

test("an interrupted request throws, and only that", async (t) => {
  const interruption = new AbortController();
  const { url } = await startEndpoint(t, () => interruption.abort(new Error("enough")));
  const options = { url, headers: [], body: Buffer.alloc(0), timeoutMilliseconds: 30_000, signal: interruption.signal, allowRemote: false };
  await assert.rejects(request(options), { message: "enough" });
  await assert.rejects(request(options), { message: "enough" });
});
