// Shows where the time of our delivery goes. Each row has one step more, and below them are Node's own functions for similar work.
import { createHmac } from "node:crypto";
import { Verifier } from "docutray-webhook";
import { bodyOf } from "./bodies.mjs";
import { formats } from "./deliveries.mjs";
import { emit } from "./emit.mjs";
import { refused } from "./refused.mjs";
import { cell, measured } from "./rounds.mjs";
import { SECRET, URL as REGISTERED } from "./secrets.mjs";
import { settings } from "./settings.mjs";

const WHOLE = "... and the payload is parsed (payload)";
const EVENT = "CONVERSION_COMPLETED";

async function main() {
  // Without stack traces, whose cost does not belong to a step.
  Error.stackTraceLimit = 0;
  const { sizes, ...how } = settings();
  const columns = [];
  for (const { name, bytes } of sizes) {
    console.error(`steps: ${name}`);
    columns.push(await measured(tasks(bodyOf("dense", bytes)), how));
  }
  emit({
    id: "steps",
    title: `Node ${process.versions.node}: the steps of a delivery of ours, dense`,
    note: "The ratios are to the whole, its payload parsed. A row that begins with `...` has all above it in it.",
    columns: sizes.map(({ name }) => name),
    rows: [...columns[0].keys()].map((name) => ({
      name,
      cells: columns.map((times) => cell(times.get(name), times.get(WHOLE))),
    })),
  });
}

/** Returns the tasks in the order of the rows. */
function tasks(body) {
  const verifier = new Verifier({ secret: SECRET, url: REGISTERED });
  const timestamp = Math.floor(Date.now() / 1000);
  const headers = formats.docutray.headers({ body, timestamp, event: EVENT });
  const ofAnother = formats.docutray.headers({ body: Buffer.from("{}"), timestamp, event: EVENT });
  const text = body.toString();
  return [
    task("the headers (authorize)", () => verifier.authorize(headers)),
    task("... and the body's MAC (refused for it)", () => refused(verifier, ofAnother, body)),
    task("... and the payload's check, the event (verify)", () => verifier.verify(headers, body)),
    task("... and the body is decoded (raw)", () => verifier.verify(headers, body).raw),
    task(WHOLE, () => verifier.verify(headers, body).payload),
    task("node:crypto: the body's MAC", () => createHmac("sha256", SECRET).update(body).digest()),
    task("Buffer: the body as text", () => body.toString()),
    task("JSON.parse: the text as payload", () => JSON.parse(text)),
  ];
}

function task(name, call) {
  return {
    name,
    sample(calls) {
      const start = performance.now();
      for (let count = 0; count < calls; count++) {
        call();
      }
      return performance.now() - start;
    },
  };
}

await main();
