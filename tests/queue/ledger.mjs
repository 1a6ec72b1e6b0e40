// The ledger in which a test's workers record their work. They take each step only when the test allows it.
import { once } from "node:events";
import { createServer } from "node:http";
import { json } from "node:stream/consumers";
import { atEnd } from "./ends.mjs";
import { soon } from "./patience.mjs";

/** Starts a ledger for a test. */
export async function startLedger(t) {
  const ledger = new Ledger();
  const server = createServer((request, response) => ledger.receive(request, response)).listen(0, "127.0.0.1");
  atEnd(t, () => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, "listening");
  ledger.address = `http://127.0.0.1:${server.address().port}`;
  return ledger;
}

class Ledger {
  address;
  /** The keys of all commits, in order. */
  commits = [];
  #steps = [];
  #takers = [];

  /** Returns the rows of a table with a unique key. */
  get rows() {
    return [...new Set(this.commits)];
  }

  /**
   * Returns the next step that is asked for: `begin` with the event; `commit`, which is recorded when asked for; or a receiver's
   * `send`. The test lets it `go`, `fail` or `hang`. workerd aborts work that waits for nothing.
   */
  async next(step) {
    const taken = () => new Promise((take) => this.#takers.push(take));
    const next = this.#steps.shift() ?? (await soon(taken(), `the next ${step}`));
    if (next.step !== step) {
      throw new Error(`expected ${step}, but got ${next.step} of ${next.event.key}`);
    }
    return next;
  }

  /** Lets the next work run to its end. */
  async done() {
    (await this.next("begin")).go();
    (await this.next("commit")).go();
  }

  async receive(request, response) {
    const step = request.url.slice(1);
    const event = await json(request);
    if (step === "commit") {
      this.commits.push(event.key);
    }
    const answer = (status) => () => response.writeHead(status).end();
    const next = { step, event, go: answer(204), hang: answer(202), fail: answer(500) };
    const take = this.#takers.shift();
    take ? take(next) : this.#steps.push(next);
  }
}
