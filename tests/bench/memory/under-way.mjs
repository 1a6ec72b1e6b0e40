// A process with arriving bodies: `under-way.mjs RECEIVER BODIES` prints the bytes that each of them holds. It needs
// `--expose-gc`.
import { setTimeout as sleep } from "node:timers/promises";
import { formats } from "../deliveries.mjs";
import { URL as REGISTERED } from "../secrets.mjs";
import { receivers } from "./receivers.mjs";

const KIB = 1024;
const ANNOUNCED = 16 * KIB * KIB;
const CHUNK = 16 * KIB;
const CHUNKS = 4;
const WASM_PAGE = 64 * KIB;
/** Keeps the requests, as a server does until they are answered. */
const requests = [];

async function main() {
  checkThatWasmIsCounted();
  const [name, bodies] = process.argv.slice(2);
  // The first request makes the receiver allocate what it needs once.
  await underWay(receivers[name], 1);
  const before = await bytesHeld();
  await underWay(receivers[name], Number(bodies));
  console.log((await bytesHeld() - before) / Number(bodies));
  process.exit();
}

/** Makes requests whose bodies arrive in part and then stall. */
async function underWay(receiver, bodies) {
  const arrivals = Array.from({ length: bodies }, () => {
    const { request, arrived } = stalling();
    requests.push(request);
    receiver(request).then((response) => {
      throw new Error(`it was answered ${response.status}`);
    });
    return arrived;
  });
  await Promise.all(arrivals);
}

function stalling() {
  let left = CHUNKS;
  const { promise: arrived, resolve } = Promise.withResolvers();
  const body = new ReadableStream(
    {
      pull(controller) {
        if (left === 0) {
          resolve();
          return new Promise(() => {});
        }
        left--;
        controller.enqueue(new Uint8Array(CHUNK).fill(0x20));
      },
    },
    { highWaterMark: 0 },
  );
  return { request: new Request(REGISTERED, { method: "POST", headers: headers(), body, duplex: "half" }), arrived };
}

function headers() {
  const timestamp = Math.floor(Date.now() / 1000);
  return {
    ...formats.docutray.headers({ body: Buffer.from("{}"), timestamp, event: "CONVERSION_COMPLETED" }),
    "content-length": String(ANNOUNCED),
  };
}

async function bytesHeld() {
  // Freeing dropped objects takes several turns of the event loop and more than one collection.
  for (let turn = 0; turn < 5; turn++) {
    await sleep(20);
    globalThis.gc();
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** `external` includes WebAssembly's memory, but not in every version of Node. */
function checkThatWasmIsCounted() {
  const pages = 1000;
  const before = process.memoryUsage().external;
  const memory = new WebAssembly.Memory({ initial: pages });
  // Half of it, since a collection in between may free something else.
  if (process.memoryUsage().external - before < (pages / 2) * WASM_PAGE || memory.buffer.byteLength === 0) {
    throw new Error(`Node ${process.version} does not count the memory of WebAssembly`);
  }
}

await main();
