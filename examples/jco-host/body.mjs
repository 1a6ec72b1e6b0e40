// Collects bodies that are arriving.
import { once } from "node:events";

/** In bytes: how much all arriving bodies may hold together. */
const BUDGET = 256 * 1024 * 1024;
let held = 0;

/** Why a body was given up. `outcome` is a case of the interface's `outcome`. */
class GivenUp extends Error {
  constructor(outcome) {
    super(`a body was given up: ${outcome}`);
    this.outcome = outcome;
  }
}

/**
 * Returns the whole body. Calls `admit` with each length that is known, which throws if it is too long. The bytes are given
 * back to the budget when this ends for any reason.
 */
export async function collect(request, admit, deadline) {
  const announced = request.headers["content-length"];
  if (announced !== undefined) {
    admit(announced);
  }
  const taken = { bytes: 0 };
  const late = new AbortController();
  try {
    return await Promise.race([
      arrive(request, admit, taken),
      once(deadline, "abort", { signal: late.signal }).then(() => {
        throw new GivenUp("body-timeout");
      }),
    ]);
  } finally {
    late.abort();
    taken.isOver = true;
    held -= taken.bytes;
  }
}

async function arrive(request, admit, taken) {
  const chunks = [];
  try {
    // A refused body must not close the connection, or the sender would get no answer.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      if (taken.isOver) {
        return undefined;
      }
      admit(taken.bytes + chunk.length);
      if (held + chunk.length > BUDGET) {
        throw new GivenUp("overloaded");
      }
      taken.bytes += chunk.length;
      held += chunk.length;
      chunks.push(chunk);
    }
  } catch (error) {
    throw error.code === "ECONNRESET" ? new GivenUp("incomplete-body") : error;
  }
  return Buffer.concat(chunks);
}
