import { setMaxListeners } from "node:events";
import { RuleFault } from "../rules.js";
import type { Answers, Changed, Command, EmulatorMachine, Outgoing, Query, Reply } from "../emulator-machine.js";
import type { Answered } from "../wire.js";

/** Sends a request. It rejects only if the signal is aborted. */
export type Deliver = (outgoing: Outgoing, signal: AbortSignal) => Promise<Answered>;

/** The state machine has ended the attempt itself, after the 30 s, or forgotten it. */
const OVER = "attempt_ended";
/** The longest time that a timer can wait, in milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Gives the state machine the time and the answers, and does what it asks for. It decides nothing. */
export class Driver {
  readonly #machine: EmulatorMachine;
  readonly #deliver: Deliver;
  readonly #closing = new AbortController();
  readonly #listeners = new Set<(changed: readonly Changed[], save: boolean) => void>();
  #timer: NodeJS.Timeout | undefined;

  constructor(machine: EmulatorMachine, deliver: Deliver) {
    this.#machine = machine;
    this.#deliver = deliver;
    // Each request that is under way listens, and each wait.
    setMaxListeners(0, this.closing);
  }

  /**
   * Gives a command, and returns its reply.
   *
   * @throws {RuleFault} if it cannot be done.
   */
  run<Type extends Command["type"]>(command: Command & { readonly type: Type }): Reply<Type> {
    this.closing.throwIfAborted();
    const { reply, error, send, wakeAt, changed, save } = this.#machine.step<Type>(Date.now(), command);
    // Before sending: a receiver in the same process may give the next command at once.
    this.#wake(wakeAt);
    for (const outgoing of send) {
      void this.#send(outgoing);
    }
    if (changed.length > 0 || save) {
      for (const listener of this.#listeners) {
        listener(changed, save);
      }
    }
    if (error !== undefined) {
      throw new RuleFault(error);
    }
    return reply as Reply<Type>;
  }

  /** @throws {RuleFault} */
  query<Type extends Query["type"]>(query: Query & { readonly type: Type }): Answers[Type] {
    return this.#machine.query<Type>(query);
  }

  /** The state, to go on from later. */
  save(): string {
    return this.#machine.save();
  }

  /** Calls a listener after each change. Returns a function that ends that. */
  onChanged(listener: (changed: readonly Changed[], save: boolean) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Aborted when the emulator is closed. The reason is a {@link RuleFault} `closed`. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /** Aborts what is under way. Its state can still be saved. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#closing.abort(new RuleFault({ code: "closed", message: "The emulator is closed." }));
  }

  /** Frees the state machine. */
  close(): void {
    this.stop();
    this.#machine.close();
  }

  /** A timer alone does not keep the process running. */
  #wake(at: number | undefined): void {
    clearTimeout(this.#timer);
    if (at !== undefined) {
      const wait = Math.min(Math.max(at - Date.now(), 0), LONGEST_TIMER);
      this.#timer = setTimeout(() => this.run({ type: "tick" }), wait).unref();
    }
  }

  async #send(outgoing: Outgoing): Promise<void> {
    const answer = await this.#answer(outgoing);
    if (this.closing.aborted) {
      return;
    }
    try {
      this.run({ type: "answered", attempt: outgoing.attempt, answer: { ...answer, milliseconds: Math.round(answer.milliseconds) } });
    } catch (error) {
      if (!(error instanceof RuleFault && error.code === OVER)) {
        throw error;
      }
    }
  }

  async #answer(outgoing: Outgoing): Promise<Answered> {
    try {
      return await this.#deliver(outgoing, this.closing);
    } catch (error) {
      return { failure: "reset", message: String(error), milliseconds: 0 };
    }
  }
}
