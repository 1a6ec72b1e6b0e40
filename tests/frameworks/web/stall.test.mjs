// The examples that read a body as it arrives answer a stalled body at their deadline.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { answered, begun } from "./connections.mjs";
import { fresh } from "./delivery.mjs";
import { BUN, DENO, example } from "./places.mjs";
import { PATIENCE, serving } from "./processes.mjs";
import { SECRET, URL } from "./settings.mjs";
import { servingWorker } from "./workerd.mjs";

const SETTINGS = { DOCUTRAY_WEBHOOK_SECRET: SECRET, DOCUTRAY_WEBHOOK_URL: URL };
const env = { ...SETTINGS, PORT: "0" };
const hurried = join(import.meta.dirname, "stalled");

async function givesUp(address) {
  const { headers, body } = fresh({ secret: SECRET, url: URL });
  const socket = await begun(address, "/", { ...headers, "content-length": body.length });
  socket.write(body.slice(0, 20));
  const answer = await answered(socket, "incomplete_body");
  assert.match(answer, /^HTTP\/1\.1 408 /);
  assert.match(answer, /^content-type: application\/problem\+json\r$/im);
}

test("examples/bun answers a stalled body 408", { timeout: PATIENCE }, () =>
  serving(BUN, ["bun.mjs"], { cwd: hurried, env }, givesUp),
);

test("examples/deno answers a stalled body 408", { timeout: PATIENCE }, () => {
  const clock = join(hurried, "hurried.mjs");
  const installed = ["--cached-only", "--node-modules-dir=manual"];
  const allowed = ["--allow-env", "--allow-net=127.0.0.1"];
  return serving(DENO, ["run", ...installed, ...allowed, "--preload", clock, "server.js"], { cwd: example("deno"), env }, givesUp);
});

test("examples/workers answers a stalled body 408", { timeout: PATIENCE }, () =>
  servingWorker(hurried, givesUp, SETTINGS),
);
