import { command, type Terminal } from "../command.js";
import { CommandError, EXIT } from "../exit.js";
import { Report } from "../listen/report.js";
import { settingsOf, type Settings } from "../listen/settings.js";
import { KEPT, startListener, type RunningListener } from "../listen/start.js";
import { ApiFault } from "../local/route.js";
import { PortTaken } from "../local/loopback.js";
import { openInBrowser } from "../terminal/open-in-browser.js";

const PORT = { type: "number", value: "PORT", whole: true, minimum: 0, maximum: 65_535 } as const;

export const listen = command({
  name: "listen",
  summary: "receive deliveries, verify each, show why one fails, and forward them to your server",
  operands: [],
  options: {
    secret: { type: "text", value: "SECRET", summary: "the webhook's secret from Docutray", required: true, secret: true },
    "secret-old": { type: "text", value: "SECRET", summary: "the secret before, while both are in use", secret: true },
    url: { type: "text", value: "URL", summary: "the URL as registered at Docutray, which is signed; without it, the address to which a delivery comes" },
    forward: {
      type: "text",
      value: "URL",
      summary: "your server, which gets the same bytes and headers and whose answer is returned; its path is used if it has one, otherwise the request's",
    },
    "allow-remote": { type: "flag", summary: "forward to another machine, too" },
    answer: { type: "text", value: "STATUS|hang|reset", summary: "answer this instead of what a right receiver answers" },
    port: { ...PORT, summary: "where to receive, on this machine alone; 0 for a free one", default: 4041 },
    "inspector-port": { ...PORT, summary: "where the page and its API are, on this machine alone; 0 for a free one", default: 4042 },
  },
  examples: [
    { line: "docutray-webhook listen", does: "Asks for the secret, and answers each delivery as a right receiver does." },
    {
      line: "docutray-webhook listen --url https://example.com/hooks --forward http://localhost:3000",
      does: "Verifies deliveries that are registered for https://example.com/hooks, and forwards them to your server.",
    },
  ],
  run: async ({ options, terminal, signal }) => {
    const settings = settingsOf(options);
    const listener = await started(settings, options.port, options["inspector-port"], terminal);
    try {
      announce(listener, settings, terminal);
      await ended(listener, terminal, signal);
    } finally {
      await listener.close();
    }
    return EXIT.fine;
  },
});

async function started(settings: Settings, port: number, inspectorPort: number, terminal: Terminal): Promise<RunningListener> {
  try {
    return await startListener({ settings, port, inspectorPort, watcher: new Report(terminal) });
  } catch (error) {
    throw error instanceof PortTaken ? new CommandError(EXIT.unreachable, error.message, { cause: error }) : error;
  }
}

function announce({ url, inspector }: RunningListener, settings: Settings, terminal: Terminal): void {
  const registered = settings.url ?? "the address to which a delivery comes";
  const answers = settings.answer === undefined ? "what a right receiver answers" : String(settings.answer);
  terminal.data(`Ready: receives at ${url}`, { type: "ready", url, inspector });
  terminal.say(`Page:            ${inspector}`);
  terminal.say(`Signed URL:      ${registered}`);
  terminal.say(settings.forward === undefined ? `Answers:         ${answers}` : `Forwards to:     ${settings.forward.href}`);
  terminal.say(`Keeps:           the newest ${KEPT.captures} deliveries, at most ${KEPT.bytes / 1024 / 1024} MiB, in memory`);
  if (!terminal.json) {
    terminal.say("In a terminal:   r sends the last delivery again, signed afresh; o opens the page; q ends");
  }
}

/** Waits for `q` or an interruption. */
async function ended(listener: RunningListener, terminal: Terminal, signal: AbortSignal): Promise<void> {
  let stopKeys = () => {};
  try {
    await new Promise<void>((resolve) => {
      signal.addEventListener("abort", () => resolve(), { once: true });
      if (signal.aborted) {
        resolve();
      }
      stopKeys = terminal.onKey((key) => {
        if (key === "q") {
          resolve();
        } else {
          void press(key, listener, terminal);
        }
      });
    });
  } finally {
    stopKeys();
  }
}

async function press(key: string, listener: RunningListener, terminal: Terminal): Promise<void> {
  if (key === "o") {
    openInBrowser(listener.inspector);
  }
  if (key === "r") {
    await again(listener, terminal);
  }
}

async function again(listener: RunningListener, terminal: Terminal): Promise<void> {
  try {
    if ((await listener.sendLastAgain()) === undefined) {
      terminal.say("Nothing has come yet.");
    }
  } catch (error) {
    terminal.say(error instanceof ApiFault ? error.message : `This is a fault of docutray-webhook itself: ${String(error)}`);
  }
}
