import { command, type Run } from "../command.js";
import { Emulation, type Keeping } from "../emulator/emulation.js";
import { overHttp } from "../emulator/over-http.js";
import { Report } from "../emulator/report.js";
import { serve } from "../emulator/serve.js";
import { StateFault } from "../emulator/state-fault.js";
import { StateFile } from "../emulator/state-file.js";
import { CommandError, EXIT, misused, type Exit } from "../exit.js";
import { PortTaken } from "../local/loopback.js";
import { openInBrowser } from "../terminal/open-in-browser.js";
import { printable } from "../terminal/printable.js";
import type { Terminal } from "../terminal/terminal.js";

const options = {
  port: { type: "number", value: "PORT", summary: "where the page and the API are, on this machine alone; 0 for a free port", default: 4040, whole: true, minimum: 0, maximum: 65_535 },
  state: { type: "text", value: "FILE", summary: "keep webhooks, their secrets and deliveries in a file that only you can read; without it they are forgotten" },
  speed: { type: "number", value: "X", summary: "how many times faster than real time the emulator's clock goes", whole: true, minimum: 1, maximum: 1_000_000 },
  "retry-headers": { type: "text", value: "HOW", summary: "whether a retry has a request id and a timestamp of its own; Docutray does not say", choices: ["new", "same"], default: "new" },
  "failed-error": { type: "text", value: "HOW", summary: "what `error` is in a failed event; Docutray does not say", choices: ["string", "object", "none"], default: "string" },
  "allow-remote": { type: "flag", summary: "allow webhooks with plain http:// on other machines" },
} as const;

type EmulateRun = Run<typeof options>;

/** Docutray's page "Settings > Organization > Webhooks" on this machine, with an API. */
export const emulate = command({
  name: "emulate",
  summary: "Docutray on your machine: register webhooks, let events happen, see every attempt",
  operands: [],
  options,
  examples: [
    { line: "docutray-webhook emulate", does: "serve the page at http://127.0.0.1:4040" },
    { line: "docutray-webhook emulate --state .docutray.json --speed 60", does: "keep the webhooks in a file, and retry 60 times sooner" },
  ],
  run: async (run) => {
    const { options: given, terminal } = run;
    const file = given.state === undefined ? undefined : await opened(given.state);
    try {
      const emulation = new Emulation(settingsOf(run), overHttp(given["allow-remote"]), file && keeping(file, terminal));
      // It shows at once whether the file can be written.
      await emulation.keep();
      return await served(run, emulation);
    } catch (error) {
      throw error instanceof StateFault ? misused(error.message) : error;
    } finally {
      await file?.file.close();
    }
  },
});

async function served(run: EmulateRun, emulation: Emulation): Promise<Exit> {
  const { options: { port }, terminal, signal } = run;
  const server = await listening(emulation, port);
  try {
    new Report(emulation, terminal);
    announce(run, emulation, server.url);
    // A delivery of a restored state may be due, or wait: this step sends it, or sets the timer.
    emulation.driver.run({ type: "tick" });
    return await untilQuit(terminal, signal, server.url);
  } finally {
    await server.close();
    await emulation.close();
  }
}

async function listening(emulation: Emulation, port: number) {
  try {
    return await serve(emulation, port);
  } catch (error) {
    throw error instanceof PortTaken ? new CommandError(EXIT.unreachable, error.message) : error;
  }
}

function announce({ options: { state }, terminal }: EmulateRun, emulation: Emulation, url: string): void {
  const { limits } = emulation.query({ type: "settings" });
  terminal.data(`Docutray's webhooks are emulated at ${terminal.paint("bold", url)}`, { type: "ready", url });
  terminal.say(`API:            ${url}/api/openapi.json describes it`);
  terminal.say(`Keeps:          the newest ${limits.deliveries} deliveries, at most ${limits.bytes / 1024 / 1024} MiB, ${state === undefined ? "in memory" : `and all webhooks, in ${printable(state)}`}`);
  if (!terminal.json) {
    terminal.say("In a terminal:  o opens the page; q ends");
  }
}

/** Waits for `q` or the signal. */
async function untilQuit(terminal: Terminal, signal: AbortSignal, url: string): Promise<Exit> {
  return await new Promise((resolve) => {
    const end = (exit: Exit) => {
      stop();
      resolve(exit);
    };
    const stop = terminal.onKey((key) => {
      if (key === "o") {
        openInBrowser(url);
      } else if (key === "q") {
        end(EXIT.fine);
      }
    });
    const interrupted = () => end(EXIT.interrupted);
    signal.addEventListener("abort", interrupted, { once: true });
    if (signal.aborted) {
      interrupted();
    }
  });
}

async function opened(path: string) {
  try {
    return await StateFile.open(path);
  } catch (error) {
    throw error instanceof StateFault ? misused(error.message) : error;
  }
}

function keeping({ file, state }: Awaited<ReturnType<typeof opened>>, terminal: Terminal): Keeping {
  return {
    state,
    save: async (text) => await file.save(text),
    failed: (error) => terminal.say(String(error instanceof StateFault ? error.message : error)),
  };
}

function settingsOf({ options: given }: EmulateRun) {
  return {
    ...(given.speed !== undefined && { speed: given.speed }),
    retryHeaders: given["retry-headers"] as "new" | "same",
    failedError: given["failed-error"] as "string" | "object" | "none",
    allowRemote: given["allow-remote"],
  };
}
