import { chmod, open, readFile, realpath, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { StateFault } from "./state-fault.js";
import { StateLock } from "./state-lock.js";

/** The file with an emulator's state. It has secrets in it, so it is for its owner alone (mode 0600). */
export class StateFile {
  readonly #path: string;
  readonly #lock: StateLock;
  #wanted: (() => string) | undefined;
  #writing: Promise<void> | undefined;

  private constructor(path: string, lock: StateLock) {
    this.#path = path;
    this.#lock = lock;
  }

  /**
   * Opens a file, which need not be there yet, for this process alone.
   *
   * @throws {StateFault}
   */
  static async open(file: string): Promise<{ readonly file: StateFile; readonly state: string | undefined }> {
    const path = await real(file);
    const lock = await StateLock.take(path);
    try {
      return { file: new StateFile(path, lock), state: await read(path) };
    } catch (error) {
      await lock.release();
      throw error;
    }
  }

  /**
   * Writes the state, and returns when it is on the disk. Of states that come while one is being written only the last is written.
   *
   * @throws {StateFault}
   */
  async save(state: () => string): Promise<void> {
    this.#wanted = state;
    this.#writing ??= this.#writeAll().finally(() => {
      this.#writing = undefined;
    });
    await this.#writing;
  }

  async close(): Promise<void> {
    await this.#writing?.catch(() => undefined);
    await this.#lock.release();
  }

  async #writeAll(): Promise<void> {
    while (this.#wanted !== undefined) {
      const state = this.#wanted();
      this.#wanted = undefined;
      try {
        await replace(this.#path, state);
      } catch (error) {
        throw new StateFault(`The state cannot be written to ${this.#path}: ${(error as Error).message}`, error);
      }
    }
  }
}

/** Follows links, since a file that is renamed over a link would replace the link. */
async function real(file: string): Promise<string> {
  try {
    return await realpath(file);
  } catch {
    const directory = dirname(file);
    try {
      return join(await realpath(directory), basename(file));
    } catch (error) {
      throw new StateFault(`There is no directory ${directory} for the state file. Make it, or give another --state.`, error);
    }
  }
}

async function read(path: string): Promise<string | undefined> {
  try {
    const text = await readFile(path, "utf8");
    // It may have been made by hand.
    await chmod(path, 0o600);
    return text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") {
      return undefined;
    }
    throw new StateFault(`The state file ${path} cannot be read: ${(error as Error).message}`, error);
  }
}

/** Writes beside the file and renames, so that there is always a whole state. */
async function replace(path: string, state: string): Promise<void> {
  const beside = `${path}.new`;
  // What a killed process has left may be anybody's to read.
  await rm(beside, { force: true });
  const file = await open(beside, "wx", 0o600);
  try {
    await file.writeFile(state);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(beside, path);
}
