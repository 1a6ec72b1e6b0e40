// A worker process: a receiver on node:http that stops at a step until it is told to continue, or is killed there.
import { EventEmitter, once } from "node:events";
import { createServer } from "node:http";
import { nodeHandler } from "docutray-webhook/node";
import { SECRET, URL } from "./delivery.mjs";
import { openStore } from "./stores.mjs";

const { kind, port, lease, stopAt, obeysItsSignal } = JSON.parse(process.argv[2]);
let hasStopped = false;
/** Messages of the parent. */
const told = new EventEmitter();
process.on("message", (name) => told.emit(name));
told.on("report", () => tell({ reported: true }));

const { store } = await openStore(kind, port, { lease });

const handler = nodeHandler({
  secret: SECRET,
  url: URL,
  // Its clock may be one that a test sets; what signs deliveries goes by the machine's.
  tolerance: 86_400,
  idempotency: { lease, claim, renew, complete, release },
  on: { CONVERSION_COMPLETED: handle },
});
const server = createServer(handler).listen(0, "127.0.0.1");
await once(server, "listening");
tell({ listening: server.address().port });

async function claim(key) {
  await step("before the claim");
  const claim = await store.claim(key);
  await step("after the claim");
  return claim;
}

async function handle({ key }, { token, seenBefore, signal }) {
  tell({ handled: { key, token, seenBefore } });
  await step("in the handler");
  if (obeysItsSignal && !signal.aborted) {
    await once(signal, "abort");
  }
}

async function complete(key, token) {
  await step("before it completes");
  const isRecorded = await store.complete(key, token);
  tell({ completed: { key, isRecorded } });
  await step("after it has completed");
  return isRecorded;
}

async function renew(key, token) {
  return store.renew(key, token);
}

async function release(key, token) {
  return store.release(key, token);
}

async function step(name) {
  if (name === stopAt && !hasStopped) {
    hasStopped = true;
    const goOn = once(told, "go on");
    tell({ at: name });
    await goOn;
  }
}

function tell(what) {
  process.send(what);
}
