import { command } from "../command.js";
import { helpOf } from "../command-line/help.js";
import { markdownOf } from "../command-line/markdown.js";
import { didYouMean } from "../command-line/nearest.js";
import { EXIT, misused } from "../exit.js";

export const help = command({
  name: "help",
  summary: "show what a command does, and its options",
  operands: [{ name: "COMMAND", summary: "the name of a command", required: false }],
  options: {
    markdown: { type: "flag", summary: "show all commands in Markdown, as the documentation has them" },
  },
  examples: [{ line: "docutray-webhook help send", does: "Shows the options of send." }],
  run: async ({ operands: [name], options, terminal, commands }) => {
    const named = commands.find((each) => each.name === name);
    if (name !== undefined && named === undefined) {
      const names = commands.map((each) => each.name);
      throw misused(`there is no command ${JSON.stringify(name)}.${didYouMean(name, names)}`);
    }
    if (name !== undefined && options.markdown) {
      throw misused("help --markdown shows all commands, and takes no COMMAND");
    }
    const text = options.markdown ? markdownOf(commands) : helpOf(named, commands);
    terminal.data(text.trimEnd(), { type: "help", text });
    return EXIT.fine;
  },
});
