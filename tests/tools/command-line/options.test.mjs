// Each option of the table is in the help, in the environment, in every completion and in the documentation.
import assert from "node:assert/strict";
import { test } from "node:test";
import { source } from "../source.mjs";

const { commands, optionsOf, variableOf, helpOf, markdownOf, completionFor, parse, SHELLS } = await source(
  "commands.ts",
  "command-line/common-options.ts",
  "command-line/help.ts",
  "command-line/markdown.ts",
  "command-line/completion.ts",
  "command-line/parse.ts",
);
const OPTIONS = commands.flatMap((command) => Object.entries(optionsOf(command)).map(([name, option]) => ({ command, name, option })));

/** A text that the option takes. */
function sampleOf({ type, choices, minimum = 7 }) {
  return type === "flag" ? "true" : (choices?.[0] ?? (type === "number" ? String(Math.max(minimum, 1)) : "text"));
}

/** A line with every operand and every required option. */
function lineOf(command) {
  const required = Object.entries(command.options).filter(([, { required }]) => required === true);
  return [command.name, ...command.operands.map(({ choices }) => choices?.[0] ?? "x"), ...required.map(([name, option]) => `--${name}=${sampleOf(option)}`)];
}

for (const { command, name, option } of OPTIONS) {
  const variable = variableOf(name);

  test(`${command.name} --${name} is in the help, the documentation and the completions`, () => {
    const help = helpOf(command, commands);
    assert.match(help, new RegExp(`^  --${name} .*`, "m"));
    const section = markdownOf([command]);
    assert.match(section, new RegExp(`^\\| \`--${name}[ \`].*`, "m"));
    if (name !== "help") {
      assert.ok(help.includes(variable) && section.includes(variable));
    }
    for (const shell of SHELLS) {
      const pattern = shell === "fish" ? `-l ${name}` : `--${name}`;
      assert.ok(completionFor(shell, [command]).includes(pattern), shell);
    }
  });

  if (name !== "help") {
    test(`${command.name} takes ${variable}, and the command line before it`, () => {
      const line = lineOf(command).filter((word) => !word.startsWith(`--${name}=`));
      const text = sampleOf(option);
      const fromEnvironment = parse(line, { [variable]: text }, commands).options[name];
      assert.deepEqual(fromEnvironment, parse([...line, `--${name}=${text}`], {}, commands).options[name]);
      if (option.type === "flag") {
        assert.equal(fromEnvironment, true);
        assert.equal(parse([...line, `--no-${name}`], { [variable]: "true" }, commands).options[name], false);
        assert.equal(parse([...line, `--${name}=false`], { [variable]: "true" }, commands).options[name], false);
      }
    });
  }
}

test("an empty variable is none, and a list has a line for each", () => {
  const line = ["send", "CONVERSION_STARTED", "--to", "http://localhost/", "--secret", "x"];
  const { options } = parse(line, { DOCUTRAY_WEBHOOK_URL: "", DOCUTRAY_WEBHOOK_SET: "a=1\nb=2\n" }, commands);
  assert.equal(options.url, undefined);
  assert.deepEqual(options.set, ["a=1", "b=2"]);
});

test("a wrong variable is named, and its value is not", () => {
  const line = ["send", "CONVERSION_STARTED", "--to", "http://localhost/"];
  assert.throws(() => parse(line, { DOCUTRAY_WEBHOOK_REPEAT: "often" }, commands), { message: "DOCUTRAY_WEBHOOK_REPEAT must be a whole number from 1 to 10000" });
});

test("a number may be negative, and options end at two dashes", () => {
  const { options, operands } = parse(["send", "--age", "-300", "--to", "http://localhost/", "--", "--weird"], {}, commands);
  assert.equal(options.age, -300);
  assert.deepEqual(operands, ["--weird"]);
});
