// The command that the listener's page copies, run with a stand-in for curl.
import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eventually } from "./browser.mjs";

/** Keeps its arguments and its input. */
const CURL = `curl() { printf '%s\\0' "$@" > arguments; cat > stdin; }\n`;

/** Copies the command of the delivery that is shown. */
export async function copied(page) {
  const text = () => page.evaluate(() => navigator.clipboard.readText());
  await page.evaluate(() => navigator.clipboard.writeText(""));
  await page.keyboard.press("c");
  await eventually(async () => (await text()) !== "");
  return text();
}

/** A directory in which a command runs, until the test ends. */
export async function emptyDirectory(t) {
  const directory = await mkdtemp(join(tmpdir(), "command-"));
  t.after(() => rm(directory, { recursive: true }));
  return directory;
}

/** Runs a command in a directory. Returns curl's arguments, and the body that it would send. */
export async function givenToCurl(command, directory) {
  execFileSync("sh", ["-c", `${CURL}${command}`], { cwd: directory, stdio: ["ignore", "inherit", "inherit"] });
  const given = (await readFile(join(directory, "arguments"), "utf8")).split("\0").slice(0, -1);
  const body = given.includes("--data-raw") ? given[given.indexOf("--data-raw") + 1] : await readFile(join(directory, "stdin"), "utf8");
  return { given, body };
}
