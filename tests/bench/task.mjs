// A task that is timed: a contestant with a delivery of its own sender, the same on every host.
import { bodyOf } from "./bodies.mjs";
import { contestants, payloadOf } from "./contestants.mjs";
import { formats } from "./deliveries.mjs";
import { readWhole } from "./reading.mjs";

/** Whether the payload is read. */
export const MODES = ["untouched", "read whole"];
/** A separate row: the time of the reading, which is part of every other row. */
export const READING = "the reading alone";

/** Returns the rows of a mode. */
export function rowsOf(mode) {
  if (mode === "untouched") {
    return contestants.map(({ name }) => name);
  }
  return [...contestants.filter(({ unparsed }) => !unparsed).map(({ name }) => name), READING];
}

/**
 * Returns a task: `{ isAsync, sample }`. `sample(calls)` makes this many calls and returns how many milliseconds they took by this
 * host's clock.
 */
export async function prepared({ name, kind, bytes, mode }) {
  const call = name === READING ? readingAlone(kind, bytes) : verification(name, kind, bytes, mode);
  const first = call();
  await first;
  const isAsync = first instanceof Promise;
  return { isAsync, sample: isAsync ? (calls) => oneAfterTheOther(call, calls) : (calls) => inALoop(call, calls) };
}

function readingAlone(kind, bytes) {
  const payload = JSON.parse(bodyOf(kind, bytes).toString());
  return () => readWhole(payload);
}

function verification(name, kind, bytes, mode) {
  const contestant = contestants.find((contestant) => contestant.name === name);
  const body = bodyOf(kind, bytes);
  const timestamp = Math.floor(Date.now() / 1000);
  const headers = formats[contestant.format].headers({ body, timestamp, event: "CONVERSION_COMPLETED" });
  const finish = mode === "untouched" ? (verified) => verified : (verified) => readWhole(payloadOf(contestant, verified));
  return () => {
    const verified = contestant.verify(headers, body);
    return verified instanceof Promise ? verified.then(finish) : finish(verified);
  };
}

function inALoop(call, calls) {
  const start = performance.now();
  for (let count = 0; count < calls; count++) {
    call();
  }
  return performance.now() - start;
}

async function oneAfterTheOther(call, calls) {
  const start = performance.now();
  for (let count = 0; count < calls; count++) {
    await call();
  }
  return performance.now() - start;
}
