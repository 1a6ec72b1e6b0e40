import { parseArgs } from "node:util";
import type { AnyValue, Command, Option, Options } from "../command.js";
import { misused } from "../exit.js";
import { hasVariable, optionsOf, variableOf } from "./common-options.js";
import { didYouMean } from "./nearest.js";
import { describedOperand } from "./usage.js";
import { chosen, valueOf } from "./value.js";

export type Parsed =
  | { readonly wants: "run"; readonly command: Command; readonly operands: readonly string[]; readonly options: Readonly<Record<string, AnyValue>> }
  | { readonly wants: "help"; readonly command?: Command }
  | { readonly wants: "version" };

type Environment = Readonly<Record<string, string | undefined>>;

/** What stands on the command line. */
interface Given {
  readonly texts: Map<string, string[]>;
  readonly operands: string[];
}

/**
 * Reads a command line. What it does not say is taken from the environment, and then from the options' defaults.
 *
 * @throws {CommandError} if it is not what a command takes.
 */
export function parse(line: readonly string[], environment: Environment, commands: readonly Command[]): Parsed {
  const at = line.findIndex((word) => !word.startsWith("-"));
  const before = at < 0 ? line : line.slice(0, at);
  if (before.includes("--version")) {
    return { wants: "version" };
  }
  const name = line[at];
  if (name === undefined) {
    return general(before);
  }
  const command = commands.find((candidate) => candidate.name === name);
  if (command === undefined) {
    const names = commands.map((candidate) => candidate.name);
    throw misused(`there is no command ${JSON.stringify(name)}.${didYouMean(name, names)} The commands are ${names.join(", ")}`);
  }
  return parsedFor(command, [...before, ...line.slice(at + 1)], environment);
}

/** A line without a command. */
function general(line: readonly string[]): Parsed {
  const unknown = line.find((word) => word !== "--help" && word !== "-h");
  if (unknown !== undefined) {
    throw misused(`${withoutValue(unknown)} is an option of no command, or stands before the command's name`);
  }
  return { wants: "help" };
}

function parsedFor(command: Command, line: readonly string[], environment: Environment): Parsed {
  const table = optionsOf(command);
  const given = read(line, table, command);
  const helps = given.texts.get("help");
  if (helps !== undefined && valueOf({ type: "flag", summary: "" }, helps, "--help") === true) {
    return { wants: "help", command };
  }
  checkOperands(command, given.operands);
  const options: Record<string, AnyValue> = {};
  for (const [name, option] of Object.entries(table)) {
    const texts = given.texts.get(name);
    const inherited = hasVariable(name) ? inheritedFrom(environment, name, option) : undefined;
    if (texts !== undefined) {
      options[name] = valueOf(option, texts, `--${name}`);
    } else if (inherited !== undefined) {
      options[name] = valueOf(option, inherited, variableOf(name));
    } else {
      options[name] = option.default ?? (option.type === "flag" ? false : option.type === "list" ? [] : undefined);
      // A secret is asked for.
      if (option.required === true && option.secret !== true) {
        throw misused(`${command.name} needs --${name} ${option.value ?? "VALUE"}, or ${variableOf(name)} in the environment`);
      }
    }
  }
  return { wants: "run", command, operands: given.operands, options };
}

/** An empty variable is none. A secret is taken as it is, because a line's end in it is a mistake that has to be found. */
function inheritedFrom(environment: Environment, name: string, { type, secret }: Option): readonly string[] | undefined {
  const text = environment[variableOf(name)];
  if (text === undefined || text === "") {
    return undefined;
  }
  return type === "list" && secret !== true ? text.split(/\r?\n/).filter((line) => line !== "") : [text];
}

/** Our own checks of the tokens, because the messages of `strict` do not say what an option takes, nor what was meant. */
function read(line: readonly string[], table: Options, command: Command): Given {
  const config = Object.fromEntries(
    Object.entries(table).map(([name, { type }]) => [name, { type: type === "flag" ? ("boolean" as const) : ("string" as const) }]),
  );
  const args = line.map((word) => (word === "-h" ? "--help" : word));
  const { tokens } = parseArgs({ args, options: config, strict: false, tokens: true, allowPositionals: true });
  const given: Given = { texts: new Map(), operands: [] };
  for (const token of tokens) {
    if (token.kind === "positional") {
      given.operands.push(token.value);
    } else if (token.kind === "option") {
      const [name, text] = optionOf(token, table, command);
      given.texts.set(name, [...(given.texts.get(name) ?? []), text]);
    }
  }
  return given;
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

function optionOf({ name, rawName, value, inlineValue }: OptionToken, table: Options, command: Command): readonly [name: string, text: string] {
  const option = Object.hasOwn(table, name) ? table[name] : undefined;
  if (option === undefined) {
    const negated = name.replace(/^no-/, "");
    if (negated !== name && Object.hasOwn(table, negated) && table[negated]?.type === "flag" && value === undefined) {
      return [negated, "false"];
    }
    const known = Object.keys(table).map((each) => `--${each}`);
    throw misused(`${command.name} has no option ${rawName}.${didYouMean(rawName, known)}`);
  }
  if (option.type === "flag") {
    return [name, value ?? "true"];
  }
  const wanted = `${rawName} needs a value: ${rawName} ${option.value ?? "VALUE"}`;
  if (value === undefined) {
    throw misused(wanted);
  }
  // `--to --json`: most likely the value was forgotten. A number may be negative.
  if (inlineValue !== true && /^-./.test(value) && !(option.type === "number" && /^-[\d.]/.test(value))) {
    throw misused(`${wanted}. If the value really begins with a dash, write ${rawName}=VALUE`);
  }
  return [name, value];
}

/** Does not repeat an operand that is too many: it may be a secret. */
function checkOperands({ name, operands }: Command, given: readonly string[]): void {
  const missing = operands.find(({ required }, index) => required && index >= given.length);
  if (missing !== undefined) {
    throw misused(`${name} needs ${missing.name}: ${describedOperand(missing)}`);
  }
  const last = operands.at(-1);
  if (given.length > operands.length && last?.many !== true) {
    throw misused(`${name} takes ${operands.length === 0 ? "options only" : operands.map((operand) => operand.name).join(" ")}, and ${given.length} words stand there`);
  }
  given.forEach((word, index) => {
    const operand = operands[index] ?? last;
    chosen(operand?.choices, word, operand?.name ?? "");
  });
}

function withoutValue(word: string): string {
  return word.replace(/=.*/s, "");
}
