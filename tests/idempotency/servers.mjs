// Real servers. Each has its own directory and a free loopback port, and keeps both when it is stopped and started.
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import { createRequire } from "node:module";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { FakeClock, fromEnvironment, removeSharedMemory } from "./fake-clock.mjs";

const execute = promisify(execFile);

/** The time limit for the start of a server, in milliseconds. */
const PATIENCE = 60_000;

/** The servers that must end with this process, however it ends. */
const servers = new Set();
process.once("exit", () => servers.forEach((server) => server.remove()));
// A process that is ended by a signal emits no `exit` event.
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => process.exit(1));
}

/**
 * Starts a Redis. `says(command)` returns its answer in its protocol.
 *
 * - `durable`: answered commands are on disk (`appendonly yes`, `appendfsync always`). Otherwise no data survives a restart.
 * - `clock`: `shift` can set its clock.
 * - `cluster`: it is a cluster of one server.
 */
export async function startRedis({ durable = false, clock = false, cluster = false } = {}) {
  const server = new Server("redis", { clock, program: (options) => redisProgram({ durable, cluster, ...options }) });
  await server.start();
  const says = (command) => redisSays(server.port, command);
  if (cluster) {
    await says("CLUSTER ADDSLOTSRANGE 0 16383");
    while (!(await says("CLUSTER INFO")).includes("cluster_state:ok")) {
      await pause(20);
    }
  }
  return Object.assign(server, { url: `redis://127.0.0.1:${server.port}`, says });
}

/** Starts a PostgreSQL without passwords. With `clock`, its clock can be set. */
export async function startPostgres({ clock = false } = {}) {
  const bin = fromEnvironment("POSTGRES_BIN", "the directory of PostgreSQL's programs, /usr/lib/postgresql/*/bin");
  const user = await postgresUser();
  const server = new Server("postgres", { clock, user, program: (options) => postgresProgram(bin, options) });
  const initdb = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync"];
  await execute(join(bin, "initdb"), [...initdb, `--pgdata=${server.directory}/data`], {
    ...user,
    cwd: server.directory,
  });
  await server.start();
  return Object.assign(server, { url: `postgres://postgres@127.0.0.1:${server.port}/postgres` });
}

/** An emulator of DynamoDB, `dynalite`, with what it has on disk. */
export async function startDynalite() {
  const server = new Server("dynalite", { program: dynaliteProgram });
  await server.start();
  return Object.assign(server, { url: `http://127.0.0.1:${server.port}` });
}

class Server {
  /** A directory that is removed when the server is ended. */
  directory;
  port;
  #program;
  #clock;
  #user;
  #process;

  constructor(name, { program, clock, user = {} }) {
    this.directory = fs.mkdtempSync(join(tmpdir(), `docutray-${name}-`));
    servers.add(this);
    if (user.uid !== undefined) {
      fs.chownSync(this.directory, user.uid, user.gid);
    }
    this.#program = program;
    this.#user = user;
    this.#clock = clock ? new FakeClock(this.directory) : undefined;
  }

  /** Starts it, with its data on disk. */
  async start() {
    const isFirst = this.port === undefined;
    const end = Date.now() + PATIENCE;
    let program;
    do {
      if (isFirst) {
        this.port = await freePort();
      }
      program = this.#program(this);
      const { command, args, preload = [], isReady } = program;
      this.#spawn(command, args, preload);
      if (await this.#ready(isReady, end)) {
        return;
      }
    } while (this.#isWorthAnotherTry(program, isFirst) && Date.now() < end);
    throw new Error(`${program.command} has not started:\n${this.#written()}`);
  }

  /** Another program may have taken its port at the first start. Later it must keep the port, which its clients know. */
  #isWorthAnotherTry({ isWorthAnotherTry }, isFirst) {
    const written = this.#written();
    return (isFirst && written.includes("Address already in use")) || isWorthAnotherTry?.(written);
  }

  /** Stops it regularly. */
  async stop() {
    await this.#ended(this.#program(this).stop);
  }

  /** Ends it like a power cut, with SIGKILL. */
  async kill() {
    this.#signal("SIGKILL");
    await this.#ended("SIGKILL");
  }

  /** Makes it accept connections but not answer. */
  stall() {
    this.#signal("SIGSTOP");
  }

  wake() {
    this.#signal("SIGCONT");
  }

  /** Sets its clock from now on. */
  async shift(seconds) {
    this.#clock.shift(seconds);
  }

  /** Ends it for good. */
  async end() {
    if (this.#process) {
      await this.kill();
    }
    this.remove();
    servers.delete(this);
  }

  /** Ends it synchronously, for a process that is ending. */
  remove() {
    if (this.#process && !hasEnded(this.#process)) {
      this.#signal("SIGKILL");
      removeSharedMemory(this.#process.pid);
    }
    fs.rmSync(this.directory, { recursive: true, force: true });
  }

  /** Sends a signal to its processes. */
  #signal(signal) {
    const { pid } = this.#process;
    for (const each of [pid, ...children(pid)]) {
      send(each, signal);
    }
  }

  #spawn(command, args, preload) {
    const log = fs.openSync(this.#log, "w");
    const env = { ...process.env, ...this.#clock?.environment(preload) };
    this.#process = spawn(command, args, { ...this.#user, cwd: this.directory, env, stdio: ["ignore", log, log] });
    fs.closeSync(log);
    // `exitCode` and the log tell it.
    this.#process.on("error", (error) => fs.writeFileSync(this.#log, String(error)));
  }

  async #ready(isReady, end) {
    while (Date.now() < end && !hasEnded(this.#process)) {
      if (await isReady(this.port)) {
        return true;
      }
      await pause(20);
    }
    return false;
  }

  async #ended(signal) {
    const running = this.#process;
    this.#process = undefined;
    if (!hasEnded(running)) {
      const ended = once(running, "exit");
      running.kill(signal);
      await ended;
    }
    removeSharedMemory(running.pid);
  }

  get #log() {
    return join(this.directory, "log");
  }

  #written() {
    return fs.existsSync(this.#log) ? fs.readFileSync(this.#log, "utf8") : "";
  }
}

function redisProgram({ port, directory, durable, cluster }) {
  const settings = {
    port,
    bind: "127.0.0.1",
    dir: directory,
    save: "",
    appendonly: durable ? "yes" : "no",
    appendfsync: "always",
    "maxmemory-policy": "noeviction",
    ...(cluster && { "cluster-enabled": "yes", "cluster-announce-ip": "127.0.0.1" }),
  };
  return {
    command: process.env.REDIS_SERVER ?? "redis-server",
    args: Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]),
    // Redis's allocator reads the time before libfaketime is ready; the C library's does not.
    preload: ["libc.so.6"],
    isReady: async (at) => (await redisSays(at, "PING")) === "+PONG\r\n",
    stop: "SIGTERM",
  };
}

/** Returns Redis's answer to a command in its protocol, or nothing if it does not answer. */
function redisSays(port, command) {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.end(`${command}\r\n`));
    let answer = "";
    socket.setEncoding("utf8").on("data", (text) => (answer += text));
    socket.on("error", () => {});
    socket.on("close", () => resolve(answer));
  });
}

function postgresProgram(bin, { port, directory }) {
  const settings = {
    port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    // In its directory, where it is removed even after a kill.
    dynamic_shared_memory_type: "mmap",
    timezone: "UTC",
    log_timezone: "UTC",
  };
  return {
    command: join(bin, "postgres"),
    args: ["-D", join(directory, "data"), ...Object.entries(settings).map(([name, value]) => `--${name}=${value}`)],
    isReady: (at) => succeeds(join(bin, "pg_isready"), ["--host=127.0.0.1", `--port=${at}`]),
    // Processes of a killed predecessor may need a moment to end.
    isWorthAnotherTry: (written) => written.includes("pre-existing shared memory block"),
    // Stops at once, without waiting for clients to disconnect.
    stop: "SIGINT",
  };
}

function dynaliteProgram({ port, directory }) {
  const program = createRequire(import.meta.url).resolve("dynalite/cli.js");
  const settings = { host: "127.0.0.1", port, path: join(directory, "data"), createTableMs: 0 };
  return {
    command: process.execPath,
    args: [program, ...Object.entries(settings).map(([name, value]) => `--${name}=${value}`)],
    isReady: (at) => fetch(`http://127.0.0.1:${at}`).then(({ ok }) => ok, () => false),
    stop: "SIGTERM",
  };
}

function succeeds(program, args) {
  return execute(program, args).then(
    () => true,
    () => false,
  );
}

/** Returns Debian's user for PostgreSQL, which does not run as root. */
async function postgresUser() {
  if (process.getuid() !== 0) {
    return {};
  }
  const [uid, gid] = await Promise.all(
    ["-u", "-g"].map(async (what) => Number((await execute("id", [what, "postgres"])).stdout)),
  );
  return { uid, gid };
}

/**
 * Returns a port outside the range that the system assigns by itself. Otherwise another program could get the port while the
 * server is stopped, and a client that tries to reach the server could be connected to itself. A Redis cluster also uses the
 * port 10,000 above its own, which no other server here uses.
 */
async function freePort() {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 10_000);
    if ((await isFree(port)) && (await isFree(port + 10_000))) {
      return port;
    }
  }
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer()
      .once("error", () => resolve(false))
      .listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

function children(pid) {
  try {
    return fs.readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

function send(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended already.
  }
}

function hasEnded(child) {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
