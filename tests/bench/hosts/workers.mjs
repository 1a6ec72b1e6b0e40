// Times deliveries in workerd from outside, since its clock stops while a request is served. A request makes many calls. The
// time of a request without calls is subtracted.
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { serve } from "../../hosts/workers/workerd.mjs";
import { timeDeliveries } from "./tables.mjs";
import { quantile } from "../rounds.mjs";

/** In milliseconds: many times as long as a request takes, since that time varies. */
const SAMPLE = 3;
/** How many of the latest empty requests count. */
const EMPTY = 51;
const empty = [];

const { version } = createRequire(import.meta.resolve("../../hosts/workers/workerd.mjs"))("workerd/package.json");
const address = await serve(fileURLToPath(import.meta.resolve("./wrangler.jsonc")));
await timeDeliveries({ id: "workerd", name: `workerd ${version}` }, prepared, { sample: SAMPLE });
process.exit();

async function prepared(task) {
  const { isAsync } = await asked(task, 1);
  return { isAsync, sample: (calls) => sample(task, calls) };
}

async function sample(task, calls) {
  empty.push(await timed(task, 0));
  if (empty.length > EMPTY) {
    empty.shift();
  }
  const whole = await timed(task, calls);
  // With a single short call, an empty request may have taken as long.
  return Math.max(whole - quantile(empty, 0.5), whole / 100);
}

async function timed(task, calls) {
  const start = performance.now();
  await asked(task, calls);
  return performance.now() - start;
}

async function asked(task, calls) {
  const query = new URLSearchParams({ ...task, calls });
  const response = await fetch(`${address}/?${query}`);
  if (!response.ok) {
    throw new Error(`the Worker answered ${response.status}: ${await response.text()}`);
  }
  return response.json();
}
