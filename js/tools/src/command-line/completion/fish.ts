import type { Command, Option } from "../../command.js";
import { optionsOf } from "../common-options.js";
import { PROGRAM } from "../usage.js";
import { operandChoices, takesFile } from "./words.js";

export function fish(commands: readonly Command[]): string {
  return [
    `# Completion of ${PROGRAM} for fish: ${PROGRAM} completion fish | source`,
    `complete -c ${PROGRAM} -f`,
    `complete -c ${PROGRAM} -n __fish_use_subcommand -l help`,
    `complete -c ${PROGRAM} -n __fish_use_subcommand -l version`,
    ...commands.flatMap(linesOf),
    "",
  ].join("\n");
}

function linesOf(command: Command): readonly string[] {
  const inside = `complete -c ${PROGRAM} -n ${quoted(`__fish_seen_subcommand_from ${command.name}`)}`;
  const choices = operandChoices(command);
  return [
    `complete -c ${PROGRAM} -n __fish_use_subcommand -a ${command.name} -d ${quoted(command.summary)}`,
    ...Object.entries(optionsOf(command)).map(([name, option]) => `${inside} -l ${name}${values(option)} -d ${quoted(option.summary)}`),
    ...(choices.length === 0 ? [] : [`${inside} -a ${quoted(choices.join(" "))}`]),
  ];
}

function values({ type, value, choices }: Option): string {
  if (type === "flag") {
    return "";
  }
  if (takesFile(value)) {
    return " -r -F";
  }
  return choices === undefined ? " -x" : ` -x -a ${quoted(choices.join(" "))}`;
}

/** In single quotes, as fish reads it. */
function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}
