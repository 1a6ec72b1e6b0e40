import { commands } from "./commands.js";
import type { AnyValue, Command } from "./command.js";
import { variableOf } from "./command-line/common-options.js";
import { helpOf } from "./command-line/help.js";
import { parse } from "./command-line/parse.js";
import { CommandError, EXIT, misused, type Exit } from "./exit.js";
import { rule, RuleFault } from "./rules.js";
import { terminalOf, type Terminal } from "./terminal/terminal.js";

type Environment = Readonly<Record<string, string | undefined>>;

/** Runs a command line. Returns the exit code. */
export async function main(line: readonly string[], signal: AbortSignal): Promise<Exit> {
  try {
    return await obeyed(line, process.env, signal);
  } catch (error) {
    if (signal.aborted) {
      return EXIT.interrupted;
    }
    if (error instanceof CommandError || error instanceof RuleFault) {
      process.stderr.write(`docutray-webhook: ${error.message}\n`);
      return error instanceof CommandError ? error.exit : EXIT.usage;
    }
    throw error;
  }
}

async function obeyed(line: readonly string[], environment: Environment, signal: AbortSignal): Promise<Exit> {
  const parsed = parse(line, environment, commands);
  switch (parsed.wants) {
    case "version":
      process.stdout.write(`${rule("version", {})}\n`);
      return EXIT.fine;
    case "help":
      process.stdout.write(helpOf(parsed.command, commands));
      return EXIT.fine;
    case "run": {
      const { command, operands } = parsed;
      const { stdin, stdout, stderr } = process;
      const terminal = terminalOf({ stdin, stdout, stderr, json: parsed.options["json"] === true, environment, signal });
      const options = await withSecrets(command, parsed.options, terminal);
      signal.throwIfAborted();
      const exit = await command.run({ operands, options, terminal, signal, environment, commands });
      return signal.aborted ? EXIT.interrupted : exit;
    }
  }
}

/** Asks for the secrets that are required and missing. */
async function withSecrets(command: Command, given: Readonly<Record<string, AnyValue>>, terminal: Terminal): Promise<Readonly<Record<string, AnyValue>>> {
  const options: Record<string, AnyValue> = { ...given };
  for (const [name, option] of Object.entries(command.options)) {
    const value = options[name];
    const isMissing = value === undefined || (Array.isArray(value) && value.length === 0);
    if (option.secret === true && option.required === true && isMissing) {
      const secret = await terminal.askSecret(`The ${name} (not shown): `);
      if (secret === undefined) {
        throw misused(`${command.name} needs the ${name}: set ${variableOf(name)} in the environment, or call it in a terminal and be asked`);
      }
      options[name] = option.type === "list" ? [secret] : secret;
    }
  }
  return options;
}
