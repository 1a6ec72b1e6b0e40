// A clock for other processes, which libfaketime gives them in place of the machine's.
import * as fs from "node:fs";
import { join } from "node:path";

export class FakeClock {
  #file;
  #ahead = 0;

  /** @param directory - Where the file is that the processes read at every look at the clock. */
  constructor(directory) {
    this.#file = join(directory, "clock");
    this.shift(0);
  }

  /** From now on it is that many seconds further, or back, for all its processes at once. */
  shift(seconds) {
    this.#ahead += seconds;
    fs.writeFileSync(`${this.#file}.new`, `${this.#ahead < 0 ? "" : "+"}${this.#ahead}`);
    fs.chmodSync(`${this.#file}.new`, 0o644);
    fs.renameSync(`${this.#file}.new`, this.#file);
  }

  /** What a process needs in its environment. `preload` are libraries that it needs loaded with libfaketime. */
  environment(preload = []) {
    return {
      LD_PRELOAD: [fromEnvironment("LIBFAKETIME", "libfaketime's library, /usr/lib/*/faketime/libfaketimeMT.so.1"), ...preload].join(":"),
      FAKETIME_TIMESTAMP_FILE: this.#file,
      FAKETIME_NO_CACHE: "1",
      // What measures durations is no clock.
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
    };
  }
}

/** What `cargo xtask` finds, or installs. */
export function fromEnvironment(name, what) {
  const path = process.env[name];
  if (!path) {
    throw new Error(`set ${name} to ${what}`);
  }
  return path;
}

/** Removes what libfaketime leaves behind of a process that was killed. */
export function removeSharedMemory(pid) {
  for (const name of [`faketime_shm_${pid}`, `sem.faketime_sem_${pid}`]) {
    fs.rmSync(join("/dev/shm", name), { force: true });
  }
}
