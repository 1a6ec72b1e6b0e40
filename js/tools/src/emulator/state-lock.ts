import { createHash } from "node:crypto";
import { once } from "node:events";
import { rename, rm } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { relative } from "node:path";
import { StateFault } from "./state-fault.js";

/** The longest path of a socket, in bytes, that all systems take. */
const LONGEST = 100;

/**
 * Keeps a second process off a state file. It is a socket beside the file on which the owner listens: the system closes it when its
 * process ends, however that was. A file with the process's number would be taken for a lock when another process has that number.
 */
export class StateLock {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** @throws {StateFault} if another process has it. */
  static async take(file: string): Promise<StateLock> {
    const address = addressOf(file);
    try {
      return new StateLock(await listen(address));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") {
        throw new StateFault(`The state file ${file} cannot be locked: ${(error as Error).message}`, error);
      }
    }
    if (await isAlive(address)) {
      throw taken(file);
    }
    await removeLeft(address, file);
    try {
      return new StateLock(await listen(address));
    } catch (error) {
      throw taken(file, error);
    }
  }

  async release(): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    await closed;
  }
}

/** Removes the socket of a process that was killed. Another process may do the same and be first. */
async function removeLeft(address: string, file: string): Promise<void> {
  const aside = `${address}.${process.pid}`;
  try {
    await rename(address, aside);
  } catch {
    return;
  }
  if (await isAlive(aside)) {
    await rename(aside, address);
    throw taken(file);
  }
  await rm(aside, { force: true });
}

function addressOf(file: string): string {
  if (process.platform === "win32") {
    return `\\\\.\\pipe\\docutray-webhook-${createHash("sha256").update(file).digest("hex")}`;
  }
  const lock = `${file}.lock`;
  // The system limits the path that it is given, and not the path that this leads to.
  const near = relative(process.cwd(), lock);
  const address = near.length < lock.length ? near : lock;
  if (Buffer.byteLength(address) > LONGEST) {
    throw new StateFault(`The path ${file} is too long. Start the emulator in the directory of its state file.`);
  }
  return address;
}

async function listen(address: string): Promise<Server> {
  const server = createServer((socket) => socket.destroy());
  server.listen(address);
  await once(server, "listening");
  return server.unref();
}

async function isAlive(address: string): Promise<boolean> {
  const socket = connect(address);
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

function taken(file: string, cause?: unknown): StateFault {
  return new StateFault(`Another emulator uses the state file ${file}. Stop it, or give another file with --state.`, cause);
}
