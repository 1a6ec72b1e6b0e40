// Options of whatever kind: how they are read, and the error of all that is wrong with them.

import { WebhookError } from "./error.js";
import type { ConfigProblem } from "./module/failure.js";
import { valueKind } from "./value-kind.js";

const CODE = "invalid_config";

/** A name with more letters wrong than this is not a misspelt one, but another. */
const MOST_EDITS = 3;

/** Options as they were given. */
export interface GivenOptions<Name extends string> {
  /** Every known option, `undefined` where it was not given. It has no prototype. */
  readonly values: Readonly<Record<Name, unknown>>;
  /** One for each name that is no option. */
  readonly problems: readonly ConfigProblem[];
}

/**
 * Reads options: each known one once, own or inherited from a class, but never from `Object.prototype`, since what
 * another package puts there was never meant for us.
 *
 * A name that is no option is a problem, with the known name that it resembles: what was misspelt would else be left out
 * in silence. A class may have members of its own beside its options; of those only what resembles an option is one.
 *
 * @throws `TypeError` for what is no object.
 */
export function readOptions<Name extends string>(given: unknown, known: readonly Name[]): GivenOptions<Name> {
  if (typeof given !== "object" || given === null) {
    throw new TypeError(`the options have to be an object, but are ${valueKind(given)}: { ${known.join(", ")} }`);
  }
  const values = Object.create(null) as Record<Name, unknown>;
  for (const name of known) {
    values[name] = read(given, name);
  }
  return { values, problems: unknownNames(given, known).map((name) => unknownOption(name, known)) };
}

/** A property of an object or of its classes, or what a proxy makes of it; `undefined` where only `Object.prototype` has it. */
export function read(given: object, name: string): unknown {
  const { objects, base } = lineage(given);
  const isBasesAlone = base !== null && Object.hasOwn(base, name) && !objects.some((one) => Object.hasOwn(one, name));
  return isBasesAlone ? undefined : Reflect.get(given, name);
}

/**
 * The names that an object has and that are not known. Of what its classes define, methods and accessors, only what
 * resembles a known name or is `suspect` otherwise.
 */
export function unknownNames(
  given: object,
  known: readonly string[],
  suspect: (name: string) => boolean = () => false,
): string[] {
  const names = lineage(given).objects.flatMap((one) => {
    const isMeant = (name: string) =>
      Object.prototype.propertyIsEnumerable.call(one, name) || suspect(name) || nearest(name, known) !== undefined;
    return Object.getOwnPropertyNames(one).filter(isMeant);
  });
  return [...new Set(names)].filter((name) => !known.includes(name));
}

/** The known name that this one resembles most, if it resembles any. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Infinity;
  for (const one of known) {
    const edits = distance(name.toLowerCase(), one.toLowerCase());
    if (edits <= Math.min(MOST_EDITS, one.length / 3) && edits < least) {
      [best, least] = [one, edits];
    }
  }
  return best;
}

/** The error for one option that the core does not know; `problem` goes on where the option's name ends. */
export function invalidConfig(option: string, problem: string): WebhookError {
  return invalidOptions([{ option, problem: `${option} ${problem}` }]);
}

/** The error for everything that is wrong at once; its field is the first option. */
export function invalidOptions(problems: readonly ConfigProblem[]): WebhookError {
  const message = `${CODE}: ${problems.map(({ problem }) => problem).join("; ")}`;
  return new WebhookError({ code: CODE, field: problems[0]?.option, status: 500, message });
}

/**
 * What each check comes to.
 *
 * @param unknown - What is wrong with the options' names.
 * @throws {@link WebhookError} `invalid_config` with everything that is wrong, whatever number of checks found it. Anything
 * else that a check throws passes through as it is.
 */
export function allChecked<Checked extends object>(
  unknown: readonly ConfigProblem[],
  checks: { readonly [Name in keyof Checked]: () => Checked[Name] },
): Checked {
  const checked: Partial<Checked> = {};
  const problems: ConfigProblem[] = [];
  for (const name of Object.keys(checks) as (keyof Checked)[]) {
    try {
      checked[name] = checks[name]();
    } catch (error) {
      problems.push(problemOf(error));
    }
  }
  problems.push(...unknown);
  if (problems.length > 0) {
    throw invalidOptions(problems);
  }
  return checked as Checked;
}

function problemOf(error: unknown): ConfigProblem {
  if (error instanceof WebhookError && error.code === CODE && error.field !== undefined) {
    return { option: error.field, problem: error.message.slice(CODE.length + 2) };
  }
  throw error;
}

function unknownOption(name: string, known: readonly string[]): ConfigProblem {
  const meant = nearest(name, known);
  const advice = meant === undefined ? `there are ${known.join(", ")}` : `did you mean ${meant}?`;
  return { option: name, problem: `${name} is no option: ${advice}` };
}

/** The object with its prototypes, and `Object.prototype`, of whatever realm, where that is the last of them. */
function lineage(given: object): { objects: object[]; base: object | null } {
  const objects: object[] = [];
  let one: object | null = given;
  while (one !== null && !isObjectPrototype(one)) {
    objects.push(one);
    one = Object.getPrototypeOf(one);
  }
  return { objects, base: one };
}

function isObjectPrototype(value: object): boolean {
  return Object.getPrototypeOf(value) === null && Object.hasOwn(value, "isPrototypeOf");
}

/** How many letters have to be inserted, deleted or replaced to make one name of the other. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const replaced = row[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[other.length]!;
}
