// Runs serverless-offline with the deployment of serverless.mjs. It needs no network and no account, and keeps nothing.
import { spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SECRET, URL as REGISTERED } from "./delivery.mjs";

const serverless = join(createRequire(import.meta.url).resolve("serverless/package.json"), "../bin/serverless.js");

/** Starts it. `stop` ends it and removes its files. */
export async function deploy() {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      // Another program was given a port before the server took it.
      if (!error.message.includes("EADDRINUSE")) {
        throw error;
      }
    }
  }
}

async function attempt() {
  const home = mkdtempSync(join(tmpdir(), "docutray-lambda-"));
  const [httpPort, lambdaPort] = await freePorts(2);
  const ports = ["--httpPort", httpPort, "--lambdaPort", lambdaPort].map(String);
  const server = spawn(
    process.execPath,
    [serverless, "offline", "start", "--noPrependStageInUrl", "--host", "127.0.0.1", ...ports],
    { cwd: import.meta.dirname, env: environment(home), stdio: ["ignore", "pipe", "pipe"] },
  );
  // Also ends it if a test fails before it can call `stop`.
  process.once("exit", () => server.kill("SIGKILL"));
  const exited = once(server, "exit");
  const output = new Output(server);

  async function stop() {
    server.kill("SIGKILL");
    await exited;
    rmSync(home, { recursive: true, force: true });
  }
  const ended = exited.then(([code]) => `serverless-offline ended with ${code}`);
  const failure = await Promise.race([output.says("Server ready: "), ended]);
  if (failure !== undefined) {
    await stop();
    throw new Error(`${failure}:\n${output.text}`);
  }
  return { address: `http://127.0.0.1:${httpPort}`, output, stop };
}

/** The output of the server and the functions so far. */
class Output extends EventEmitter {
  text = "";

  constructor({ stdout, stderr }) {
    super();
    for (const stream of [stdout, stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        this.text += text;
        this.emit("more");
      });
    }
  }

  /** Waits until this has been written. */
  async says(text) {
    while (!this.text.includes(text)) {
      await once(this, "more");
    }
  }
}

function environment(home) {
  return {
    PATH: process.env.PATH,
    HOME: home,
    CI: "1",
    SLS_TELEMETRY_DISABLED: "1",
    SLS_NOTIFICATIONS_MODE: "off",
    DOCUTRAY_WEBHOOK_SECRET: SECRET,
    DOCUTRAY_WEBHOOK_URL: REGISTERED,
  };
}

/** Returns free ports, since the server does not accept port 0. */
async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer().listen(0, "127.0.0.1"));
  await Promise.all(servers.map((server) => once(server, "listening")));
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => once(server.close(), "close")));
  return ports;
}
