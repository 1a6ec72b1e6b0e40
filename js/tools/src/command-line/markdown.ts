import type { Command, Options } from "../command.js";
import { hasVariable, optionsOf, variableOf } from "./common-options.js";
import { ABOUT, describedOperand, notesOn, optionUsage, PROGRAM, sentence, usageOf } from "./usage.js";

/** The page of the documentation on all commands. */
export function markdownOf(commands: readonly Command[]): string {
  const head = [`# ${PROGRAM}: the commands`, "", ...ABOUT.flatMap((paragraph) => [paragraph, ""])].join("\n");
  return [head, ...commands.map(section)].join("\n");
}

function section(command: Command): string {
  const { name, summary, operands, examples } = command;
  return [
    `## ${name}`,
    "",
    sentence(summary),
    "",
    "```sh",
    usageOf(command),
    "```",
    "",
    ...operands.map((operand) => `- \`${operand.name}\`: ${describedOperand(operand)}`),
    ...(operands.length === 0 ? [] : [""]),
    ...examples.flatMap(({ line, does }) => [sentence(does), "", "```sh", line, "```", ""]),
    ...table(optionsOf(command)),
    "",
  ].join("\n");
}

function table(options: Options): readonly string[] {
  return [
    "| option | in the environment | what it does |",
    "|---|---|---|",
    ...Object.entries(options).map(([name, option]) => {
      const notes = notesOn(option);
      const what = notes.length === 0 ? option.summary : `${option.summary} (${notes.join("; ")})`;
      return `| \`${cell(optionUsage(name, option))}\` | ${hasVariable(name) ? `\`${variableOf(name)}\`` : "-"} | ${cell(what)} |`;
    }),
  ];
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
