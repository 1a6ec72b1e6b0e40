import type { Command } from "../command.js";
import { hasVariable, optionsOf, variableOf } from "./common-options.js";
import { ABOUT, describedOperand, notesOn, optionUsage, PROGRAM, sentence, usageOf } from "./usage.js";

const WIDTH = 100;

/** The help of a command, or of the program. */
export function helpOf(command: Command | undefined, commands: readonly Command[]): string {
  return command === undefined ? helpOfAll(commands) : helpOfOne(command);
}

function helpOfAll(commands: readonly Command[]): string {
  return [
    "Try Docutray webhooks on your own machine, without an account.",
    "",
    `Usage: ${PROGRAM} COMMAND [OPTIONS]`,
    "",
    "Commands:",
    ...rows(commands.map(({ name, summary }) => [name, summary])),
    "",
    "Options:",
    ...rows([
      ["--help", `show this; ${PROGRAM} COMMAND --help shows the options of a command`],
      ["--version", "show the version"],
    ]),
    "",
    ...ABOUT.flatMap((paragraph) => [...wrapped(paragraph, ""), ""]),
  ].join("\n");
}

function helpOfOne(command: Command): string {
  const { name, summary, examples, operands } = command;
  return [
    `${PROGRAM} ${name}: ${summary}`,
    "",
    `Usage: ${usageOf(command)}`,
    "",
    "Examples:",
    ...examples.flatMap(({ line, does }) => [`  ${line}`, ...wrapped(sentence(does), "      ")]),
    ...(operands.length === 0 ? [] : ["", "Operands:"]),
    ...rows(operands.map((operand) => [operand.name, describedOperand(operand)])),
    "",
    "Options:",
    ...rows(Object.entries(optionsOf(command)).map(([option, is]) => [optionUsage(option, is), described(option, is.summary, notesOn(is))])),
    "",
  ].join("\n");
}

function described(name: string, summary: string, notes: readonly string[]): string {
  const variable = hasVariable(name) ? [variableOf(name)] : [];
  const all = [...notes, ...variable];
  return all.length === 0 ? summary : `${summary} [${all.join("; ")}]`;
}

/** Two columns. */
function rows(pairs: readonly (readonly [left: string, right: string])[]): readonly string[] {
  const width = Math.max(0, ...pairs.map(([left]) => left.length)) + 4;
  return pairs.flatMap(([left, right]) => {
    const [first = "", ...rest] = wrapped(right, " ".repeat(width));
    return [`  ${left}`.padEnd(width) + first.trimStart(), ...rest];
  });
}

function wrapped(text: string, indent: string): readonly string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(" ")) {
    if (line.trim() !== "" && line.length + word.length >= WIDTH) {
      lines.push(line);
      line = indent;
    }
    line += line.trim() === "" ? word : ` ${word}`;
  }
  return [...lines, line];
}
