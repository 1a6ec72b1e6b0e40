// What the work of a test's workers is written down in. Nobody takes a step before the test says so.
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
  /** The keys of all commits, in their order. */
  commits = [];
  #steps = [];
  #takers = [];

  /** What a table has in which a key is unique. */
  get rows() {
    return [...new Set(this.commits)];
  }

  /**
   * The next step that anybody asks for: `begin` with the event; `commit`, which is done when it is asked for; or a
   * receiver's `send`. It is let to `go` on, to `fail`, or to `hang`: workerd aborts what waits for nothing.
   */
  async next(step) {
    const taken = () => new Promise((take) => this.#takers.push(take));
    const next = this.#steps.shift() ?? (await soon(taken(), `the next ${step}`));
    if (next.step !== step) {
      throw new Error(`expected ${step}, but got ${next.step} of ${next.event.key}`);
    }
    return next;
  }

  /** Lets the next work be done. */
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
