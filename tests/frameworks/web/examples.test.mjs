// Starts the examples as their READMEs say.
import assert from "node:assert/strict";
import { test } from "node:test";
import { takesDeliveries } from "./deliveries.mjs";
import { passesTheDoctor } from "./passes-the-doctor.mjs";
import { example, NODE, tool } from "./places.mjs";
import { PATIENCE, run, serving } from "./processes.mjs";
import { SECRET, URL } from "./settings.mjs";
import { servingWorker } from "./workerd.mjs";

const SETTINGS = { DOCUTRAY_WEBHOOK_SECRET: SECRET, DOCUTRAY_WEBHOOK_URL: URL };
const env = { ...SETTINGS, PORT: "0" };

async function takesDeliveriesAtHooks(address) {
  await takesDeliveries(`${address}/hooks`);
  await passesTheDoctor(`${address}/hooks`, { secret: SECRET, url: URL });
}

test("examples/hono runs on Node", { timeout: PATIENCE }, async () => {
  await serving(NODE, ["server.mjs"], { cwd: example("hono"), env }, takesDeliveriesAtHooks);
});

test("examples/hono does not start without its settings, and names them", { timeout: PATIENCE }, async () => {
  const started = run(NODE, ["server.mjs"], { cwd: example("hono"), env: { DOCUTRAY_WEBHOOK_URL: URL } });
  await assert.rejects(started, /invalid_config: .*secret/);
});

test("examples/hono runs on Workers", { timeout: PATIENCE }, async () => {
  await servingWorker(example("hono"), takesDeliveriesAtHooks, SETTINGS);
});

test("examples/next builds without its settings, and runs with them", { timeout: PATIENCE }, async () => {
  const cwd = example("next");
  const next = tool("next/dist/bin/next");
  await run(NODE, [next, "build"], { cwd });
  await serving(NODE, [next, "start", "--hostname", "127.0.0.1"], { cwd, env }, async (address) => {
    await takesDeliveries(`${address}/hooks`, { get: { status: 405, allow: null } });
    await passesTheDoctor(`${address}/hooks`, { secret: SECRET, url: URL });
  });
});
