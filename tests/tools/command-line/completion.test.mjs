// The shells themselves complete commands, options, their values and operands.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, after, test } from "node:test";
import { promisify } from "node:util";
import { environment, inTerminal, run } from "../program.mjs";

const { FISH, ZSH } = process.env;
/** Words that are typed, and what completes the last. */
const CASES = [
  [["se"], ["send"]],
  [["send", "--ta"], ["--tamper"]],
  [["send", "--tamper", "bo"], ["body"]],
  [["send", "CONV"], ["CONVERSION_COMPLETED", "CONVERSION_FAILED", "CONVERSION_STARTED"]],
  [["send", "--payload", "files/"], ["files/payload.json"]],
  [["send", "--to", ""], []],
  [["verify", "--max"], ["--max-body"]],
  [["completion", "z"], ["zsh"]],
];

let directory;
before(async () => {
  directory = await mkdtemp(join(tmpdir(), "completion-"));
  await mkdir(join(directory, "files"));
  await writeFile(join(directory, "files/payload.json"), "{}");
  for (const shell of ["bash", "fish", "zsh"]) {
    const { code, stdout } = await run(["completion", shell]);
    assert.equal(code, 0);
    await writeFile(join(directory, shell), stdout);
  }
});
after(() => rm(directory, { recursive: true }));

/** The lines that a program prints in the directory. */
async function lines(program, ...words) {
  const env = environment({ HOME: directory });
  const { stdout, stderr } = await promisify(execFile)(program, words, { cwd: directory, env });
  assert.equal(stderr, "");
  return stdout.split("\n").filter((line) => line !== "");
}

for (const [words, completed] of CASES) {
  const typed = words.join(" ");

  test(`bash: ${typed}`, async () => {
    const script = 'source ./bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _docutray_webhook; printf "%s\\n" "${COMPREPLY[@]}"';
    assert.deepEqual((await lines("bash", "--norc", "-c", script, "bash", "docutray-webhook", ...words)).sort(), completed);
  });

  test(`fish: ${typed}`, async () => {
    const candidates = await lines(FISH, "--no-config", "-c", "source ./fish; complete -C $argv[1]", `docutray-webhook ${typed}`);
    assert.deepEqual(candidates.map((line) => line.split("\t")[0]).sort(), completed);
  });
}

test("zsh, as it is typed", async () => {
  const start = `PS1='ready> '; COLUMNS=200; cd ${directory}; autoload -Uz compinit; compinit -D -u; source ./zsh\n`;
  await writeFile(join(directory, ".zshrc"), start);
  const { code, screen } = await inTerminal([ZSH, "-i"], {
    env: { ZDOTDIR: directory, TERM: "dumb" },
    typed: [
      ["ready> ", "docutray-webhook se\t"],
      ["send ", "--ta\t"],
      ["--tamper ", "bo\t"],
      ["body ", "CONVERSION_C\t"],
      ["CONVERSION_COMPLETED ", "--payload files/\t"],
      // Ctrl-U empties the line.
      ["files/payload.json ", "\u0015exit\r"],
    ],
  });
  assert.equal(code, 0, screen);
});
