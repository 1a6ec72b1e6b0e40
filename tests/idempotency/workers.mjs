// Worker processes, and Docutray, which sends to them.
import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { join } from "node:path";
import { completed, delivery } from "./delivery.mjs";
import { removeSharedMemory } from "./fake-clock.mjs";

/** The steps at which a worker can stop, in their order. */
export const STEPS = [
  "before the claim",
  "after the claim",
  "in the handler",
  "before it completes",
  "after it has completed",
];

/** How long an event may wait for a lease to end or a server to be back, on a busy machine. In milliseconds. */
const PATIENCE = 120_000;
/** Between a delivery and its repetition, at the most. In milliseconds. */
const LONGEST_PAUSE = 500;

/** What has to go with this process, whatever ends it. */
const workers = new Set();
process.once("exit", () => workers.forEach((worker) => worker.signal("SIGKILL")));

export class Worker {
  #handled = [];
  #completed = [];
  #process;
  #port;
  #told = new EventEmitter();

  /**
   * @param options.kind - Of the store, as `stores.mjs` has them; `port` is its server's.
   * @param options.runtime, options.environment - Its Node, and what that needs in its environment, as the server says.
   * @param options.lease - In seconds.
   * @param options.stopAt - The step at which it stops, the first time.
   * @param options.obeysItsSignal - Its handler ends only when its lease is lost.
   */
  static async start({ runtime: execPath = process.execPath, environment, ...options }) {
    const worker = new Worker();
    const env = { ...process.env, ...environment };
    worker.#process = fork(join(import.meta.dirname, "worker.mjs"), [JSON.stringify(options)], { execPath, env });
    workers.add(worker);
    worker.#process.on("message", (message) => {
      if (message.handled) {
        worker.#handled.push(message.handled);
      }
      if (message.completed?.isRecorded) {
        worker.#completed.push(message.completed.key);
      }
      for (const [name, value] of Object.entries(message)) {
        worker.#told.emit(name, value);
      }
    });
    [worker.#port] = await worker.#hears("listening");
    return worker;
  }

  /** What its handler was called with: `{ key, token, seenBefore }` each. */
  async handled() {
    await this.#report();
    return this.#handled;
  }

  /** The keys that it has completed. */
  async completed() {
    await this.#report();
    return this.#completed;
  }

  /** When it is at its step. To be asked for before it is sent there. */
  async atItsStep() {
    await this.#hears("at");
  }

  goOn() {
    this.#process.send("go on");
  }

  /** As a machine that is suspended. */
  stall() {
    this.signal("SIGSTOP");
  }

  wake() {
    this.signal("SIGCONT");
  }

  signal(signal) {
    this.#process.kill(signal);
  }

  /** `kill -9`. */
  async kill() {
    if (this.#isAlive()) {
      const ended = once(this.#process, "exit");
      this.#process.kill("SIGKILL");
      await ended;
    }
    removeSharedMemory(this.#process.pid);
    workers.delete(this);
  }

  /** Gets a delivery that it never answers, since `kill` comes at its step. */
  async diesOver(delivery, kill = () => this.kill()) {
    const atItsStep = this.atItsStep();
    const unanswered = assert.rejects(this.send(delivery));
    await atItsStep;
    await kill();
    await unanswered;
  }

  /** Sends a delivery; gives the answer's status, what it says and in how many seconds to come again. */
  async send({ headers, body }) {
    const response = await fetch(`http://127.0.0.1:${this.#port}/hooks`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body,
    });
    const { verdict, code } = await response.json();
    return { status: response.status, says: verdict ?? code, retryAfter: response.headers.get("retry-after") };
  }

  /** What it does comes another way than its answers, and later: this follows it. */
  async #report() {
    if (this.#isAlive()) {
      const reported = this.#hears("reported");
      this.#process.send("report");
      await reported;
    }
  }

  #isAlive() {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  async #hears(what) {
    const gone = new AbortController();
    const ended = once(this.#process, "exit", { signal: gone.signal }).then(([code, signal]) => {
      throw new Error(`the worker has ended (${code ?? signal}) before it said \`${what}\``);
    });
    try {
      return await Promise.race([once(this.#told, what, { signal: gone.signal }), ended]);
    } finally {
      ended.catch(() => {});
      gone.abort();
    }
  }
}

/** Starts workers, and kills them after `use`. */
export async function withWorkers(options, use) {
  const started = [];
  try {
    for (const each of options) {
      started.push(await Worker.start(each));
    }
    await use(...started);
  } finally {
    await Promise.all(started.map((worker) => worker.kill()));
  }
}

/** What the handlers of all were called with. */
export async function runs(...workers) {
  return (await Promise.all(workers.map((worker) => worker.handled()))).flat();
}

let events = 0;

/** A delivery of an event that was never sent, signed now. */
export function newDelivery() {
  events += 1;
  const id = `conv_${process.pid}_${events}`;
  const signed = delivery({ payload: completed({ conversion_id: id }), timestamp: Math.floor(Date.now() / 1000) });
  return { ...signed, key: `CONVERSION_COMPLETED:${id}` };
}

/** Sends a delivery again, as Docutray does until it is answered with 200, and gives that answer. */
export async function retried(worker, delivery) {
  const end = Date.now() + PATIENCE;
  for (let milliseconds = 20; Date.now() < end; milliseconds = Math.min(2 * milliseconds, LONGEST_PAUSE)) {
    const answer = await worker.send(delivery);
    if (answer.status === 200) {
      return answer;
    }
    isPutOff(answer);
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
  }
  throw new Error("the event is lost: every repetition was put off");
}

/** Docutray is told to come again, and when. */
export function isPutOff({ status, says, retryAfter }) {
  assert.equal(status, 503, says);
  assert.match(retryAfter, /^[1-9]\d*$/);
}
