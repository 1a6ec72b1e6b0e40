// The browsers of this machine. Each is started as a user starts it, with a page's address and no debugger, since what drives a
// browser from outside may get around a page's policy.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const { CHROMIUM, FIREFOX, WEBKIT, XVFB_RUN } = process.env;

/** Chromium connects to this machine only. */
export const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

/** So does Firefox, which otherwise asks for updates and for the icon of each page. */
const PREFERENCES = {
  "app.update.disabledForTesting": true,
  "browser.chrome.site_icons": false,
  "browser.shell.checkDefaultBrowser": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "network.dns.disabled": true,
};

/** The command of each browser, and what its new profile has. */
const BROWSERS = {
  chromium: (profile) => ({ command: [CHROMIUM, "--headless", ...FLAGS, `--user-data-dir=${profile}`] }),
  firefox: (profile) => ({
    command: [FIREFOX, "--headless", "--no-remote", "--profile", profile],
    files: { "user.js": Object.entries(PREFERENCES).map((one) => `user_pref(${JSON.stringify(one).slice(1, -1)});\n`).join("") },
  }),
  // WebKitGTK needs a display.
  webkit: () => ({ command: [XVFB_RUN, "--auto-servernum", WEBKIT, "--private"] }),
};

// A driver that is ended ends its browser.
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => process.exit(1));
}

/** The names of the browsers. */
export const NAMES = Object.keys(BROWSERS);

/**
 * Shows a page in a browser with a new and empty profile until `done` is settled, and returns its value.
 *
 * @throws `Error` if the browser ends before.
 */
export async function show(name, address, done) {
  const profile = await mkdtemp(join(tmpdir(), "profile-"));
  const { command, files = {} } = BROWSERS[name](profile);
  for (const [file, content] of Object.entries(files)) {
    await writeFile(join(profile, file), content);
  }
  const [program, ...args] = command;
  const browser = spawn(program, [...args, address], {
    env: { ...process.env, HOME: profile, TMPDIR: profile },
    // In its own process group, so that its children end with it.
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let written = "";
  for (const stream of [browser.stdout, browser.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => (written += text));
  }
  const exit = once(browser, "exit");
  const early = exit.then(([code, signal]) => {
    throw new Error(`${name} ended with ${code ?? signal} before its page was done:\n${written}`);
  });
  const kill = () => process.kill(-browser.pid, "SIGKILL");
  process.once("exit", kill);
  try {
    return await Promise.race([done, early]);
  } finally {
    process.off("exit", kill);
    const hasStarted = browser.pid !== undefined;
    if (hasStarted && browser.exitCode === null && browser.signalCode === null) {
      process.kill(-browser.pid, "SIGTERM");
    }
    await exit;
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
