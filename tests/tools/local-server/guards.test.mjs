// Websites cannot use the local server.
import assert from "node:assert/strict";
import { connect } from "node:net";
import { test } from "node:test";
import { send, started, writing } from "./server.mjs";

const PATHS = ["/", "/page.js", "/readyz", "/api/items/1", "/api/stream", "/api/openapi.json", "/nothing"];

test("a name that is not of the loopback interface is refused at every path", async (t) => {
  const server = await started(t);
  const names = ["evil.example", `evil.example:${server.port}`, "127.0.0.1.evil.example", "localhost.evil.example", "192.168.0.1", "0.0.0.0", "evil.example@127.0.0.1", ""];
  for (const name of names) {
    for (const path of PATHS) {
      const { status, json } = await send(server, { path, headers: ["Host", name] });
      assert.deepEqual([status, json.error.code], [403, "foreign_host"], `${name} ${path}`);
    }
  }
});

test("the names of the loopback interface are accepted, with any port, since ports are forwarded", async (t) => {
  const server = await started(t);
  for (const name of ["127.0.0.1", "localhost", "LOCALHOST:1", "[::1]:8000", `127.0.0.1:${server.port}`]) {
    assert.equal((await send(server, { path: "/readyz", headers: ["Host", name] })).status, 200, name);
  }
});

test("a second Host is refused", async (t) => {
  const server = await started(t);
  const socket = connect(server.port, "127.0.0.1");
  socket.end("GET /readyz HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
  let text = "";
  for await (const chunk of socket.setEncoding("utf8")) {
    text += chunk;
  }
  assert.match(text, /^HTTP\/1\.1 400 /);
});

test("a page of another origin can neither write, nor read, nor listen", async (t) => {
  const server = await started(t);
  const foreign = [
    ["Origin", "https://evil.example"],
    ["Origin", "null"],
    ["Origin", "http://localhost:3000"],
    ["Origin", `https://127.0.0.1:${server.port}`],
    ["Sec-Fetch-Site", "cross-site"],
    ["Sec-Fetch-Site", "same-site"],
  ];
  for (const [name, value] of foreign) {
    for (const [method, path] of [["POST", "/api/echo"], ["GET", "/api/items/1"], ["GET", "/api/stream"]]) {
      const { status, json } = await send(server, { method, path, headers: writing(server, name, value) });
      assert.deepEqual([status, json.error.code], [403, "foreign_origin"], `${name}: ${value} ${path}`);
      assert.equal(json.error.field, name.toLowerCase());
    }
  }
});

test("no number of headers hides an Origin", async (t) => {
  const server = await started(t);
  const many = Array.from({ length: 1_100 }, () => ["a", ""]).flat();
  const { status } = await send(server, { method: "POST", path: "/api/echo", headers: writing(server, ...many, "Origin", "https://evil.example"), body: "{}" });
  assert.equal(status, 403);
});

test("the server's own page and programs may write", async (t) => {
  const server = await started(t);
  const own = [[], ["Origin", `http://127.0.0.1:${server.port}`, "Sec-Fetch-Site", "same-origin"], ["Sec-Fetch-Site", "none"]];
  for (const headers of own) {
    const { status, json } = await send(server, { method: "POST", path: "/api/echo", headers: writing(server, ...headers), body: '{"a":1}' });
    assert.deepEqual([status, json], [200, { a: 1 }]);
  }
});

test("a body that a form can send is refused", async (t) => {
  const server = await started(t);
  for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain; application/json", ""]) {
    const headers = ["Host", `127.0.0.1:${server.port}`, "Content-Type", type];
    const { status, json } = await send(server, { method: "POST", path: "/api/echo", headers, body: "{}" });
    assert.deepEqual([status, json.error.code], [415, "unsupported_media_type"], type);
  }
});

test("no preflight request is granted", async (t) => {
  const server = await started(t);
  const asking = ["Host", `127.0.0.1:${server.port}`, "Origin", "https://evil.example", "Access-Control-Request-Method", "POST"];
  for (const headers of [asking, asking.filter((_, index) => index < 2 || index > 3)]) {
    const answer = await send(server, { method: "OPTIONS", path: "/api/echo", headers });
    assert.ok(answer.status >= 400);
    assert.deepEqual(Object.keys(answer.headers).filter((name) => name.startsWith("access-control-")), []);
  }
});

test("every answer forbids scripts from elsewhere, frames and guesses of its type", async (t) => {
  const server = await started(t);
  for (const path of PATHS.filter((path) => path !== "/api/stream")) {
    const { headers } = await send(server, { path });
    const policy = headers["content-security-policy"];
    for (const part of ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "require-trusted-types-for 'script'"]) {
      assert.ok(policy.split("; ").includes(part), `${path}: ${part}`);
    }
    assert.equal(headers["x-content-type-options"], "nosniff");
    assert.equal(headers["cross-origin-resource-policy"], "same-origin");
    assert.equal(headers["cache-control"], "no-store");
  }
});
