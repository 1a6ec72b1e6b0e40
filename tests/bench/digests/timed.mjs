// Times only SHA-256. Ours cannot be called alone, so its time is a difference: a delivery whose body does not match its
// signature is hashed whole and refused without being parsed. The time of the same delivery with an empty body is subtracted.
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Verifier } from "docutray-webhook";
import { formats } from "../deliveries.mjs";
import { emit } from "../emit.mjs";
import { refused } from "../refused.mjs";
import { cell, measured } from "../rounds.mjs";
import { SECRET, URL as REGISTERED } from "../secrets.mjs";
import { settings } from "../settings.mjs";
import { digests } from "./digests.mjs";
import { prepared } from "./sample.mjs";

const OURS = "docutray-webhook, by difference";
const EMPTY = "a refusal without a body";
/** The reference in every process. Ours varies most if bodies are small. */
const REFERENCE = "node:crypto";
const WITHOUT = "node:crypto, no SHA instructions";
/** Clears OpenSSL's bit for the SHA instructions on x86-64. It has no meaning elsewhere. */
const WITHOUT_SHA = ":~0x20000000";

async function main() {
  const child = fork(fileURLToPath(import.meta.resolve("./without-instructions.mjs")), {
    env: { ...process.env, OPENSSL_ia32cap: WITHOUT_SHA },
  });
  await once(child, "message");
  const { sizes, ...how } = settings();
  const columns = [];
  for (const { name, bytes } of sizes) {
    console.error(`SHA-256: ${name}`);
    columns.push(await timed(child, bytes, how));
  }
  child.disconnect();
  emit({
    id: "digests",
    title: `Node ${process.versions.node}: SHA-256 of so many bytes`,
    note: `The ratios are to ${REFERENCE}.`,
    columns: sizes.map(({ name }) => name),
    rows: [OURS, ...Object.keys(digests), WITHOUT].map((name) => ({
      name,
      cells: columns.map((times) => cell(times.get(name), times.get(REFERENCE))),
    })),
  });
}

async function timed(child, bytes, how) {
  const tasks = [
    { name: OURS, sample: refusal(Buffer.alloc(bytes, "0123456789")) },
    { name: EMPTY, sample: refusal(Buffer.alloc(0)) },
    ...Object.keys(digests).map((name) => ({ name, sample: prepared(name, bytes) })),
    { name: WITHOUT, sample: (calls) => asked(child, bytes, calls) },
  ];
  const times = await measured(tasks, how);
  const empty = times.get(EMPTY);
  times.set(OURS, times.get(OURS).map((whole, round) => whole - empty[round]));
  return times;
}

/** Returns `sample(calls)` for deliveries that are refused for their body's signature. */
function refusal(body) {
  const verifier = new Verifier({ secret: SECRET, url: REGISTERED });
  const timestamp = Math.floor(Date.now() / 1000);
  const headers = formats.docutray.headers({ body: Buffer.from("{}"), timestamp, event: "CONVERSION_COMPLETED" });
  // Without stack traces, whose cost does not belong to the digest.
  Error.stackTraceLimit = 0;
  return (calls) => {
    const start = performance.now();
    for (let count = 0; count < calls; count++) {
      refused(verifier, headers, body);
    }
    return performance.now() - start;
  };
}

async function asked(child, bytes, calls) {
  child.send({ bytes, calls });
  const [taken] = await once(child, "message");
  return taken;
}

await main();
