import { command } from "../command.js";
import { completionFor, SHELLS, type Shell } from "../command-line/completion.js";
import { EXIT } from "../exit.js";

export const completion = command({
  name: "completion",
  summary: "print a script that completes commands, options and their values",
  operands: [{ name: "SHELL", summary: "the shell", required: true, choices: SHELLS }],
  options: {},
  examples: [
    { line: "source <(docutray-webhook completion bash)", does: "Completes in this bash, or in this zsh with `completion zsh`." },
    { line: "docutray-webhook completion fish | source", does: "Completes in this fish." },
  ],
  run: async ({ operands, terminal, commands }) => {
    const script = completionFor(operands[0] as Shell, commands);
    terminal.data(script.trimEnd(), { type: "completion", shell: operands[0], script });
    return EXIT.fine;
  },
});
