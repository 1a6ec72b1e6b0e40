// What the receivers in JavaScript have in common: their options, and how they are started.
import process from "node:process";
import { memory } from "docutray-webhook/idempotency";

/** Whether the server has no handler of ours: it reads each body and answers 200. */
export const IS_PLAIN = process.argv.includes("plain");

/** So few that the store is full, and grows no more, early in a run. */
const REMEMBERED = 1000;

export const OPTIONS = {
  maxBody: Number(process.env.DOCUTRAY_WEBHOOK_MAX_BODY),
  idempotency: memory({ limit: REMEMBERED }),
  // The generator of the load compares these lines with what it has sent.
  on: { "*": ({ key }) => console.log(`processed ${key}`) },
};

/** In milliseconds. The process's memory is then what it holds, and not what it has not collected yet. */
const COLLECTION = 5000;
const collect = globalThis.gc ?? (() => globalThis.Bun.gc(true));
setInterval(collect, COLLECTION);
