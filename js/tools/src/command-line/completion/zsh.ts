import type { Command, Operand, Option } from "../../command.js";
import { optionsOf } from "../common-options.js";
import { PROGRAM } from "../usage.js";
import { quoted, takesFile } from "./words.js";

export function zsh(commands: readonly Command[]): string {
  return `#compdef ${PROGRAM}
# Completion of ${PROGRAM} for zsh: source <(${PROGRAM} completion zsh)
_docutray_webhook() {
  local -a commands=(
${commands.map(({ name, summary }) => `    ${quoted(`${name}:${escaped(summary)}`)}`).join("\n")}
  )
  if ((CURRENT == 2)); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  ((CURRENT--))
  case $command in
${commands.map(commandCase).join("\n")}
  esac
}
if [[ $funcstack[1] == _docutray_webhook ]]; then
  _docutray_webhook "$@"
else
  compdef _docutray_webhook ${PROGRAM}
fi
`;
}

function commandCase(command: Command): string {
  const specifications = [
    ...Object.entries(optionsOf(command)).map(([name, option]) => optionSpecification(name, option)),
    ...command.operands.map(operandSpecification),
  ];
  return `    ${command.name}) _arguments ${specifications.map(quoted).join(" ")} ;;`;
}

function optionSpecification(name: string, { type, summary, value = "VALUE", choices }: Option): string {
  const repeated = type === "list" ? "*" : "";
  const option = `${repeated}--${name}[${escaped(summary)}]`;
  return type === "flag" ? option : `${option}:${escaped(value)}:${takesFile(value) ? "_files" : listed(choices)}`;
}

function operandSpecification({ name, many, choices, suggestions }: Operand): string {
  return `${many === true ? "*" : ""}:${name}:${listed(choices ?? suggestions)}`;
}

function listed(choices: readonly string[] | undefined): string {
  return choices === undefined ? " " : `(${choices.join(" ")})`;
}

function escaped(text: string): string {
  return text.replace(/[\\:[\]]/g, "\\$&");
}
