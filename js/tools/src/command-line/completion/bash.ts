import type { Command, Option } from "../../command.js";
import { optionsOf } from "../common-options.js";
import { PROGRAM } from "../usage.js";
import { operandChoices, optionWords, quoted, takesFile } from "./words.js";

export function bash(commands: readonly Command[]): string {
  const names = commands.map(({ name }) => name);
  return `# Completion of ${PROGRAM} for bash: source <(${PROGRAM} completion bash)
_docutray_webhook() {
  local word=\${COMP_WORDS[COMP_CWORD]} words=
  if ((COMP_CWORD == 1)); then
    words=${quoted([...names, "--help", "--version"].join(" "))}
  else
    case "\${COMP_WORDS[1]} \${COMP_WORDS[COMP_CWORD-1]}" in
${commands.flatMap(valueCases).join("\n")}
${commands.map(wordCase).join("\n")}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -F _docutray_webhook ${PROGRAM}
`;
}

/** What follows an option. */
function valueCases(command: Command): readonly string[] {
  return Object.entries(optionsOf(command)).flatMap(([name, option]) =>
    option.type === "flag" ? [] : [`      ${quoted(`${command.name} --${name}`)}) ${values(option)} ;;`],
  );
}

function values({ choices, value }: Option): string {
  if (choices !== undefined) {
    return `words=${quoted(choices.join(" "))}`;
  }
  return takesFile(value) ? `compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$word")); return` : "return";
}

function wordCase(command: Command): string {
  return `      ${quoted(`${command.name} `)}*) words=${quoted([...optionWords(command), ...operandChoices(command)].join(" "))} ;;`;
}
