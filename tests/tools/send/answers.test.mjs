// What comes of a delivery: the exit code and the warning for each answer, and for none.
import assert from "node:assert/strict";
import { createServer } from "node:net";
import { once } from "node:events";
import { test } from "node:test";
import { answering, startEndpoint } from "../endpoint.mjs";
import { run } from "../program.mjs";

const env = { DOCUTRAY_WEBHOOK_SECRET: "whsec_test" };
const send = async (url, ...more) => await run(["send", "CONVERSION_COMPLETED", "--to", url, ...more], { env });

for (const [status, code] of [[200, 0], [299, 0], [300, 1], [302, 1], [404, 1], [500, 1]]) {
  test(`${status}: exit code ${code}`, async (t) => {
    const { url } = await startEndpoint(t, answering(status));
    const result = await send(url);
    assert.equal(result.code, code);
    assert.match(result.stdout, new RegExp(`^<-- ${status} in `));
    assert.equal(/warning: Docutray would send it again/.test(result.stderr), code === 1, result.stderr);
  });
}

test("a redirect is not followed, and the warning says so", async (t) => {
  const other = await startEndpoint(t);
  const { url, received } = await startEndpoint(t, (_request, response) => response.writeHead(307, { Location: other.url }).end());
  const { code, stderr } = await send(url);
  assert.equal(code, 1);
  assert.match(stderr, /a redirect is not followed/);
  assert.deepEqual([received.length, other.received.length], [1, 0]);
});

test("no server, and no such name: 3", async () => {
  const refused = await send("http://127.0.0.1:1/");
  assert.deepEqual([refused.code, /refused: no server accepts connections there \(ECONNREFUSED\)/.test(refused.stderr)], [3, true]);
  const unknown = await send("https://name.invalid/");
  assert.deepEqual([unknown.code, /dns: the name name\.invalid has no address/.test(unknown.stderr)], [3, true]);
});

test("no TLS where https is asked for: 3", async (t) => {
  const { port } = await startEndpoint(t);
  const { code, stderr } = await send(`https://127.0.0.1:${port}/`);
  assert.equal(code, 3);
  assert.match(stderr, /tls: no secure connection; if its certificate is your own, set NODE_EXTRA_CA_CERTS/);
});

test("a connection that breaks, before the answer or within it, and an answer that is no HTTP: 1", async (t) => {
  const answers = [
    (socket) => socket.destroy(),
    (socket) => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"),
    (socket) => socket.end("220 mail.example ESMTP\r\n"),
    (socket) => socket.end(),
  ];
  for (const answer of answers) {
    const server = createServer((socket) => socket.on("error", () => {}).once("data", () => answer(socket)));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    t.after(() => server.close());
    const { code, stdout } = await send(`http://127.0.0.1:${server.address().port}/`);
    assert.deepEqual([code, /^<-- reset in /.test(stdout)], [1, true], stdout);
  }
});

test("an endpoint that answers before it has read everything", async (t) => {
  const server = createServer((socket) => {
    socket.on("error", () => {}).once("data", () => socket.pause().write("HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\n\r\n"));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close());
  const url = `http://127.0.0.1:${server.address().port}/`;
  // More than the sockets of both sides can hold.
  const { code, stdout } = await run(["send", "CONVERSION_COMPLETED", "--to", url, "--payload", "-"], { env, input: Buffer.alloc(20_000_000, " ") });
  assert.deepEqual([code, stdout.startsWith("<-- 413 in ")], [1, true], stdout);
});

test("an endpoint that never answers, and one that never ends: 1 after Docutray's 30 s", async (t) => {
  // Their 30 s are 30 ms here.
  const node = ["--import", `data:text/javascript,const real = setTimeout; globalThis.setTimeout = (call, ms, ...more) => real(call, ms / 1000, ...more);`];
  const endless = (_request, response) => {
    response.writeHead(200).write("and");
    const more = setInterval(() => response.write("so on"), 1);
    response.once("close", () => clearInterval(more));
  };
  for (const answer of [() => {}, endless]) {
    const { url } = await startEndpoint(t, answer);
    const { code, stdout, stderr } = await run(["send", "CONVERSION_COMPLETED", "--to", url], { env, node });
    assert.deepEqual([code, /^<-- timeout in /.test(stdout)], [1, true], stdout);
    assert.match(stderr, /timeout: no complete answer within 30 s/);
  }
});

test("a slow answer is warned of", async (t) => {
  // Each real microsecond is a second here.
  const node = ["--import", "data:text/javascript,const real = performance.now.bind(performance); performance.now = () => real() * 1e6;"];
  const { url } = await startEndpoint(t);
  const { code, stderr } = await run(["send", "CONVERSION_COMPLETED", "--to", url], { env, node });
  assert.equal(code, 0);
  assert.match(stderr, /warning: slow: Docutray waits at most 30 s\. Answer first, and do the work afterwards/);
});

test("of a large answer the beginning is kept, and its characters whole", async (t) => {
  const { url } = await startEndpoint(t, (_request, response) => response.end(`.${"é".repeat(1_000_000)}`));
  const { code, stdout } = await send(url, "--json");
  assert.equal(code, 0);
  const { answer } = JSON.parse(stdout);
  assert.equal(answer.bodyTruncated, true);
  // Of 64 KiB the last byte would be half of one.
  assert.equal(answer.body.text, `.${"é".repeat(32 * 1024 - 1)}`);
});
