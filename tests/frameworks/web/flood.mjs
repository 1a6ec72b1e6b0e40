// What a sender with many connections can do to a receiver, with or without a delivery that it has seen.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { begun } from "./connections.mjs";
import { fresh } from "./delivery.mjs";
import { BUDGET, LEFT_OPEN } from "./flooded/terms.mjs";
import { SECRET, URL as REGISTERED } from "./settings.mjs";

const MIB = 1024 * 1024;
/** The size of the largest body that is accepted, in bytes. */
const LIMIT = 16 * MIB;
/** How many connections are open at once. If announced bytes were reserved, half of them would fill an instance of 4 GiB. */
const BATCH = 600;
const FLOOD = 10_200;
/**
 * The growth, in bytes, that counts as none. The heap, compared with before any flood, may grow by less than 1 KiB for each
 * connection of two floods. The resident memory, compared with after the first flood, may grow by less than 14 KiB for each.
 */
const FLAT = { heap: 16 * MIB, resident: 128 * MIB };
/** How often the growth is measured until it is below that: for more than a minute, since the machine may be busy. */
const LOOKS = 600;

const genuine = () => fresh({ secret: SECRET, url: REGISTERED, id: randomUUID() });

/** Returns the genuine headers of a delivery whose body never comes. */
export const seen = () => genuine().headers;

/** Returns forged headers. With `url: false` only the body can show that they are. */
export const forged = () => fresh({ secret: "nobody's", url: "https://nobody.example" }).headers;

/**
 * Sends 10,000 requests that announce the largest body and send nothing. Genuine deliveries among them are answered. After as
 * many more requests, the process holds nothing of them.
 */
export async function survivesAnnounced(server, path, headers) {
  const flood = new Flood(server.address, path, headers);
  await flood.isAnsweredAmong();
  const { heap } = await memory(server);
  await flood.send(FLOOD);
  const { resident } = await memory(server);
  await flood.send(FLOOD);
  await comesBackTo({ heap, resident }, () => memory(server));
}

/** A host may need a moment to close its clients' connections and to free their memory. */
async function comesBackTo(before, memory) {
  for (let looks = 1; ; looks += 1) {
    const after = await memory();
    const grown = Object.keys(FLAT).filter((name) => after[name] - before[name] > FLAT[name]);
    if (grown.length === 0) {
      return;
    }
    assert.ok(looks < LOOKS, `connections that are gone hold memory: ${JSON.stringify({ before, after })}`);
    await pause(100);
  }
}

/** Truncated bodies fill the budget: other senders are told to retry, until these senders disconnect. */
export async function survivesHalfSent({ address }) {
  const halves = await Promise.all([0, 1].map(() => begun(address, "/hooks", announcing(seen()))));
  for (const socket of halves) {
    socket.write(new Uint8Array(BUDGET / halves.length));
  }
  const refused = await repeated(address, 503);
  assert.equal(JSON.parse(refused.body).code, "overloaded");
  assert.match(refused.headers.get("retry-after"), /^[1-9]\d*$/);
  for (const socket of halves) {
    socket.destroy();
  }
  await repeated(address, 200);
}

class Flood {
  #left = 0;

  constructor(address, path, headers) {
    Object.assign(this, { address, path, headers: announcing(headers) });
  }

  async send(count) {
    for (let sent = 0; sent < count; sent += BATCH) {
      await this.#batch();
    }
  }

  /** Half of them disconnect at once. The others stay while a genuine delivery is sent. */
  async #batch() {
    const [closed, left] = await Promise.all([this.#begun({}), this.#begun({ [LEFT_OPEN]: "" })]);
    closed.forEach((socket) => socket.destroy());
    this.#left += left.length;
    while ((await told(this.address, "/arrived")) < this.#left) {
      await pause(10);
    }
    await this.isAnsweredAmong();
    left.forEach((socket) => socket.destroy());
  }

  /** Checks that a genuine delivery is answered among the others. */
  async isAnsweredAmong() {
    const { status, body } = await post(this.address, genuine());
    assert.deepEqual([status, body], [200, JSON.stringify({ verdict: "processed" })]);
  }

  #begun(more) {
    const headers = { ...this.headers, ...more };
    return Promise.all(Array.from({ length: BATCH / 2 }, () => begun(this.address, this.path, headers)));
  }
}

function announcing(headers) {
  return { ...headers, "content-length": LIMIT };
}

/** Sends genuine deliveries of different events until one gets this answer. */
async function repeated(address, status) {
  for (;;) {
    const answer = await post(address, genuine());
    if (answer.status === status) {
      return answer;
    }
    assert.ok([200, 503].includes(answer.status), `${answer.status}: ${answer.body}`);
    await pause(20);
  }
}

async function post(address, { headers, body }) {
  const response = await fetch(`${address}/hooks`, { method: "POST", headers, body });
  return { status: response.status, headers: response.headers, body: await response.text() };
}

/** Returns what the flooded receiver reports about itself. */
export async function told(address, path) {
  return (await fetch(address + path)).json();
}

/** In bytes. */
async function memory({ process, heap }) {
  const inUse = await heap();
  const status = await readFile(`/proc/${process}/status`, "utf8");
  return { heap: inUse, resident: 1024 * Number(/^VmRSS:\s*(\d+) kB$/m.exec(status)[1]) };
}
