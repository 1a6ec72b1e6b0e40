// What scripts depend on: the first line, exit codes, signals, and a state that outlives the process.
import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { run } from "../program.mjs";
import { serving } from "../serving.mjs";
import { endpoint } from "./endpoint.mjs";

const EVENTS = ["CONVERSION_COMPLETED"];
/** In milliseconds. What is waited for comes much earlier, unless it never comes. */
const PATIENCE = 120_000;

async function stateFile(t) {
  const directory = await mkdtemp(join(tmpdir(), "emulate-"));
  t.after(() => rm(directory, { recursive: true }));
  return join(directory, "state.json");
}

test("the first line says where it is, and then it is there", async (t) => {
  const { url, ready } = await serving(t, ["emulate"]);
  assert.deepEqual(ready, { type: "ready" });
  assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/);
  const page = await fetch(url);
  assert.equal(page.status, 200);
  assert.match(page.headers.get("content-security-policy"), /require-trusted-types-for 'script'/);
  assert.match(await (await fetch(`${url}/page.js`)).text(), /\S/);
});

test("a signal ends it with 130", async (t) => {
  for (const signal of ["SIGINT", "SIGTERM"]) {
    const { stop, url } = await serving(t, ["emulate"]);
    // An open stream does not hold it up.
    const stream = await fetch(`${url}/api/stream`);
    assert.equal(await stop(signal), 130);
    await stream.text().catch(() => undefined);
  }
});

test("a port that is taken ends it with 3", async (t) => {
  const { url } = await serving(t, ["emulate"]);
  const port = new URL(url).port;
  const { code, stdout, stderr } = await run(["emulate", "--port", port]);
  assert.deepEqual([code, stdout], [3, ""]);
  assert.match(stderr, new RegExp(`Port ${port} .*--port 0`));
});

test("each attempt is a line, without payload and secret", async (t) => {
  const { call, next } = await serving(t, ["emulate"]);
  const { url } = await endpoint(t, (_, count) => ({ status: count === 1 ? 500 : 200 }));
  const { webhook, secret } = (await call("POST", "/api/webhooks", { url, events: EVENTS })).json;
  await call("POST", "/api/events", { event: EVENTS[0] });
  const lines = [await next()];
  await call("POST", "/api/clock", { advance: 30 });
  lines.push(await next());
  assert.deepEqual(lines.map(({ type, event, number, status, state, webhookId }) => [type, event, number, status, state, webhookId]), [
    ["attempt", EVENTS[0], 1, 500, "waiting", webhook.id],
    ["attempt", EVENTS[0], 2, 200, "delivered", webhook.id],
  ]);
  assert.ok(!JSON.stringify(lines).includes(secret));
});

test("of attempts in one step only the last one gives the delivery up", { timeout: PATIENCE }, async (t) => {
  const { call, next } = await serving(t, ["emulate"]);
  await call("POST", "/api/webhooks", { url: "https://example.com/hooks", events: EVENTS });
  await call("POST", "/api/answers", { answers: Array.from({ length: 6 }, () => ({ answer: 500 })) });
  await call("POST", "/api/events", { event: EVENTS[0] });
  await call("POST", "/api/clock", { advance: 4_890 });
  const lines = [];
  while (lines.length < 6) {
    lines.push(await next());
  }
  const told = lines.map(({ number, state, givenUpBecause, nextAttemptAt }) => [number, state, givenUpBecause, nextAttemptAt === undefined]);
  assert.deepEqual(told, [
    // A step of its own, after which the delivery waits.
    [1, "waiting", undefined, false],
    ...[2, 3, 4, 5].map((number) => [number, "waiting", undefined, true]),
    [6, "givenUp", "retriesUsed", true],
  ]);
});

test("a retry that was due while nothing ran is made at the next start, by itself", { timeout: PATIENCE }, async (t) => {
  const state = await stateFile(t);
  const requests = new EventEmitter();
  const second = once(requests, "2");
  const { url } = await endpoint(t, (_, count) => {
    requests.emit(String(count));
    return { status: 500 };
  });
  const { call, stop } = await serving(t, ["emulate", "--state", state]);
  await call("POST", "/api/webhooks", { url, events: EVENTS });
  await call("POST", "/api/events", { event: EVENTS[0] });
  await call("GET", "/api/deliveries?state=waiting&wait=30s");
  await stop("SIGTERM");
  // Its clock is so fast that the 30 s are over at once.
  const { ready } = await serving(t, ["emulate", "--state", state, "--speed", "1000000"]);
  assert.deepEqual(ready, { type: "ready" });
  await second;
});

test("attempts that were told before a restart are not told again", { timeout: PATIENCE }, async (t) => {
  const state = await stateFile(t);
  const { url } = await endpoint(t, (_, count) => ({ status: count === 1 ? 500 : 200 }));
  const first = await serving(t, ["emulate", "--state", state]);
  await first.call("POST", "/api/webhooks", { url, events: EVENTS });
  await first.call("POST", "/api/events", { event: EVENTS[0] });
  assert.equal((await first.next()).number, 1);
  await first.stop("SIGTERM");
  const { call, next } = await serving(t, ["emulate", "--state", state]);
  await call("POST", "/api/clock", { advance: 30 });
  const { number, status } = await next();
  assert.deepEqual([number, status], [2, 200]);
});

test("a process that is killed keeps its webhooks and their secrets, for its owner alone", async (t) => {
  const state = await stateFile(t);
  const { url, verified } = await endpoint(t);
  const first = await serving(t, ["emulate", "--state", state]);
  const { webhook, secret } = (await first.call("POST", "/api/webhooks", { url, events: EVENTS })).json;
  assert.equal(((await stat(state)).mode & 0o777).toString(8), "600");
  await first.stop("SIGKILL");

  const second = await serving(t, ["emulate", "--state", state]);
  assert.deepEqual((await second.call("GET", "/api/webhooks")).json.items, [webhook]);
  await second.call("POST", "/api/events", { event: EVENTS[0] });
  await second.call("GET", "/api/deliveries?state=delivered&wait=30s");
  assert.equal(verified(secret).length, 1);
  await second.stop("SIGTERM");

  const third = await serving(t, ["emulate", "--state", state]);
  assert.equal((await third.call("GET", "/api/deliveries/latest")).json.state, "delivered");
});

test("a second emulator on the same state is refused, and so is a state that is none", async (t) => {
  const state = await stateFile(t);
  const first = await serving(t, ["emulate", "--state", state]);
  const second = await run(["emulate", "--state", state, "--port", "0"]);
  assert.equal(second.code, 2);
  assert.match(second.stderr, /Another emulator uses the state file/);
  await first.stop("SIGTERM");

  for (const text of ["{", '{"version":99,"state":{}}', ""]) {
    await writeFile(state, text);
    const { code, stderr } = await run(["emulate", "--state", state, "--port", "0"]);
    assert.equal(code, 2, stderr);
    assert.match(stderr, /state/);
    assert.equal(await readFile(state, "utf8"), text, "it is left as it was");
  }
});

test("a state that cannot be kept is a fault of the request, and the process goes on", async (t) => {
  const state = await stateFile(t);
  const { call } = await serving(t, ["emulate", "--state", state]);
  await mkdir(`${state}.new`);
  const failed = await call("POST", "/api/webhooks", { url: "https://example.com", events: EVENTS });
  assert.deepEqual([failed.status, failed.json.error.code], [500, "state_not_kept"]);
  await rm(`${state}.new`, { recursive: true });
  assert.equal((await call("POST", "/api/reset")).status, 204);
});

test("no redirect is followed, and no URL in a payload is fetched", async (t) => {
  const { call, child } = await serving(t, ["emulate"]);
  const other = await endpoint(t);
  const { url, came } = await endpoint(t, () => ({ status: 302, headers: { location: other.url } }));
  await call("POST", "/api/webhooks", { url, events: EVENTS });
  await call("POST", "/api/events", { event: EVENTS[0], payload: { text: JSON.stringify({ document_url: other.url, webhook_url: other.url }) } });
  await call("POST", "/api/clock", { advance: 30 });
  const { id, state, attempts } = (await call("GET", "/api/deliveries/latest")).json;
  await call("GET", `/api/deliveries/${id}/tree`);
  assert.deepEqual([state, attempts.map(({ answer }) => answer.status), came.length, other.came.length], ["waiting", [302, 302], 2, 0]);
  assert.equal(child.exitCode, null);
});

test("a website that a browser has open cannot use it", async (t) => {
  const { url } = await serving(t, ["emulate"]);
  const { port } = new URL(url);
  const status = async (method, path, headers) => {
    const sent = request({ host: "127.0.0.1", port, method, path, headers, setHost: false, agent: false }).end("{}");
    const [response] = await once(sent, "response");
    response.resume();
    return response.statusCode;
  };
  const json = ["Content-Type", "application/json"];
  const own = ["Host", `127.0.0.1:${port}`];
  assert.equal(await status("POST", "/api/reset", [...own, ...json]), 204);
  assert.equal(await status("POST", "/api/reset", ["Host", "rebound.example", ...json]), 403);
  assert.equal(await status("POST", "/api/reset", [...own, ...json, "Origin", "https://evil.example"]), 403);
  assert.equal(await status("POST", "/api/reset", [...own, ...json, "Sec-Fetch-Site", "cross-site"]), 403);
  assert.equal(await status("POST", "/api/reset", [...own, "Content-Type", "text/plain"]), 415);
  assert.equal(await status("GET", "/api/webhooks", ["Host", "rebound.example"]), 403);
});
