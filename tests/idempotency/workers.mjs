// Starts worker processes and sends deliveries to them like Docutray.
import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { join } from "node:path";
import { completed, delivery } from "./delivery.mjs";
import { removeSharedMemory } from "./fake-clock.mjs";

/** The steps at which a worker can stop, in order. */
export const STEPS = [
  "before the claim",
  "after the claim",
  "in the handler",
  "before it completes",
  "after it has completed",
];

/** The time limit for the end of a lease or the return of a server, in milliseconds. The machine may be busy. */
const PATIENCE = 120_000;
/** The longest pause between a delivery and its repetition, in milliseconds. */
const LONGEST_PAUSE = 500;

/** The workers that must end with this process, however it ends. */
const workers = new Set();
process.once("exit", () => workers.forEach((worker) => worker.signal("SIGKILL")));

export class Worker {
  #handled = [];
  #completed = [];
  #process;
  #port;
  #told = new EventEmitter();

  /**
   * @param options.kind - The kind of store in `stores.mjs`; `port` is its server's.
   * @param options.runtime, options.environment - Its Node and the environment variables that it needs, from `reached`.
   * @param options.lease - In seconds.
   * @param options.stopAt - The step at which it stops the first time.
   * @param options.obeysItsSignal - Whether its handler ends only when its lease is lost.
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

  /** Returns the calls of its handler: `{ key, token, seenBefore }` each. */
  async handled() {
    await this.#report();
    return this.#handled;
  }

  /** Returns the keys that it has completed. */
  async completed() {
    await this.#report();
    return this.#completed;
  }

  /** Resolves when it is at its step. Call it before sending the delivery. */
  async atItsStep() {
    await this.#hears("at");
  }

  goOn() {
    this.#process.send("go on");
  }

  /** Suspends it, like a suspended machine. */
  stall() {
    this.signal("SIGSTOP");
  }

  wake() {
    this.signal("SIGCONT");
  }

  signal(signal) {
    this.#process.kill(signal);
  }

  /** Kills it with `kill -9`. */
  async kill() {
    if (this.#isAlive()) {
      const ended = once(this.#process, "exit");
      this.#process.kill("SIGKILL");
      await ended;
    }
    removeSharedMemory(this.#process.pid);
    workers.delete(this);
  }

  /** Sends a delivery that is never answered, because `kill` is called at its step. */
  async diesOver(delivery, kill = () => this.kill()) {
    const atItsStep = this.atItsStep();
    const unanswered = assert.rejects(this.send(delivery));
    await atItsStep;
    await kill();
    await unanswered;
  }

  /** Sends a delivery. Returns the answer's status, its verdict or code, and its Retry-After in seconds. */
  async send({ headers, body }) {
    const response = await fetch(`http://127.0.0.1:${this.#port}/hooks`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body,
    });
    const { verdict, code } = await response.json();
    return { status: response.status, says: verdict ?? code, retryAfter: response.headers.get("retry-after") };
  }

  /** Its reports take another way than its answers and may arrive later. This waits for them. */
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

/** Returns the calls of all handlers. */
export async function runs(...workers) {
  return (await Promise.all(workers.map((worker) => worker.handled()))).flat();
}

let events = 0;

/** Returns a delivery of a new event, signed now. */
export function newDelivery() {
  events += 1;
  const id = `conv_${process.pid}_${events}`;
  const signed = delivery({ payload: completed({ conversion_id: id }), timestamp: Math.floor(Date.now() / 1000) });
  return { ...signed, key: `CONVERSION_COMPLETED:${id}` };
}

/** Repeats a delivery as Docutray does until it is answered 200. Returns that answer. */
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

/** Checks that Docutray is told to retry, and when. */
export function isPutOff({ status, says, retryAfter }) {
  assert.equal(status, 503, says);
  assert.match(retryAfter, /^[1-9]\d*$/);
}
