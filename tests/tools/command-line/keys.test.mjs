// Single keys in a terminal: Ctrl-C stays Ctrl-C, and the terminal is given back as it was.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { inTerminal, program } from "../program.mjs";

const env = { DOCUTRAY_WEBHOOK_SECRET: "whsec_test", NO_COLOR: "1" };
/** Runs the program, and writes what the terminal does with keys before and after. */
const AROUND = 'stty -a > "$2"; "$0" "$1" "${@:4}"; echo "ended with $?"; stty -a > "$3"';

/** Types keys in a terminal in which a command runs. Returns what it showed, and how the terminal was before and after. */
async function typing(t, command, typed) {
  const directory = await mkdtemp(join(tmpdir(), "keys-"));
  t.after(() => rm(directory, { recursive: true }));
  const files = [join(directory, "before"), join(directory, "after")];
  const line = ["bash", "--norc", "-c", AROUND, process.execPath, program, ...files, ...command, "--port", "0"];
  const { screen } = await inTerminal(line, { env, typed });
  const [before, after] = await Promise.all(files.map((file) => readFile(file, "utf8")));
  return { screen, before, after };
}

for (const [keys, code] of [["\u0003", 130], ["q", 0]]) {
  test(`listen: ${JSON.stringify(keys)} ends it with ${code}`, async (t) => {
    // That the key r is answered shows that the terminal no longer makes signals of keys.
    const { screen, before, after } = await typing(t, ["listen", "--inspector-port", "0"], [["http://127.0.0.1:", "r"], ["Nothing has come yet", keys]]);
    assert.match(screen, new RegExp(`ended with ${code}\n`));
    assert.equal(after, before);
  });

  test(`emulate: ${JSON.stringify(keys)} ends it with ${code}`, async (t) => {
    const { screen, before, after } = await typing(t, ["emulate"], [["http://127.0.0.1:", keys]]);
    assert.match(screen, new RegExp(`ended with ${code}\n`));
    assert.equal(after, before);
  });
}
