// Runs scripts in this version of Node, at most until their test ends.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { atEnd } from "./ends.mjs";
import { soon } from "./patience.mjs";

/** Starts a script in its own process group, so that its children end with it. */
export function start(t, args, { cwd, env }) {
  const program = new Program(spawn(process.execPath, args, { cwd, env: { ...process.env, ...env }, detached: true }));
  atEnd(t, () => program.kill());
  return program;
}

class Program {
  #child;
  #ended;
  #isRunning = true;
  #written = "";
  #readers = new Set();
  /** Kills it synchronously when this process ends. */
  #killNow = () => {
    try {
      process.kill(-this.#child.pid, "SIGKILL");
    } catch {
      // It has ended already.
    }
  };

  constructor(child) {
    this.#child = child;
    process.once("exit", this.#killNow);
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        this.#written += text;
        this.#tellReaders();
      });
    }
    this.#ended = once(child, "close").finally(() => {
      process.off("exit", this.#killNow);
      this.#isRunning = false;
      this.#tellReaders();
    });
  }

  /** Waits until its output matches. Returns the match. */
  wrote(pattern) {
    const found = new Promise((resolve, reject) => {
      const read = () => {
        const match = pattern.exec(this.#written);
        if (match || !this.#isRunning) {
          this.#readers.delete(read);
          match ? resolve(match) : reject(new Error(`it ended before it wrote ${pattern}:\n${this.#written}`));
        }
      };
      this.#readers.add(read);
      read();
    });
    return soon(found, `the output ${pattern}`);
  }

  /** Ends it and its children like a power cut, with SIGKILL. */
  async kill() {
    if (this.#isRunning) {
      this.#killNow();
    }
    await this.#ended;
  }

  /** Asks it to end. Returns its exit code. */
  async end() {
    this.#child.kill("SIGTERM");
    const [code] = await soon(this.#ended, "the end of a program");
    return code;
  }

  #tellReaders() {
    for (const read of this.#readers) {
      read();
    }
  }
}
