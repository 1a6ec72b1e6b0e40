// A clock for other processes, which libfaketime puts in place of the machine's clock.
import * as fs from "node:fs";
import { join } from "node:path";

export class FakeClock {
  #file;
  #ahead = 0;

  /** @param directory - For the file that the processes read each time they read the clock. */
  constructor(directory) {
    this.#file = join(directory, "clock");
    this.shift(0);
  }

  /** Sets the clock this many seconds ahead or back, for all its processes at once. */
  shift(seconds) {
    this.#ahead += seconds;
    fs.writeFileSync(`${this.#file}.new`, `${this.#ahead < 0 ? "" : "+"}${this.#ahead}`);
    fs.chmodSync(`${this.#file}.new`, 0o644);
    fs.renameSync(`${this.#file}.new`, this.#file);
  }

  /** Returns a process's environment. `preload` are libraries to load together with libfaketime. */
  environment(preload = []) {
    return {
      LD_PRELOAD: [fromEnvironment("LIBFAKETIME", "libfaketime's library, /usr/lib/*/faketime/libfaketimeMT.so.1"), ...preload].join(":"),
      FAKETIME_TIMESTAMP_FILE: this.#file,
      FAKETIME_NO_CACHE: "1",
      // Durations are measured with the real monotonic clock.
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
    };
  }
}

/** Reads a path that `cargo xtask` has found or installed. */
export function fromEnvironment(name, what) {
  const path = process.env[name];
  if (!path) {
    throw new Error(`set ${name} to ${what}`);
  }
  return path;
}

/** Removes the files that libfaketime leaves behind when its process is killed. */
export function removeSharedMemory(pid) {
  for (const name of [`faketime_shm_${pid}`, `sem.faketime_sem_${pid}`]) {
    fs.rmSync(join("/dev/shm", name), { force: true });
  }
}
