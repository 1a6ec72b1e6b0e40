// Reads the options of verifiers, handlers and stores, and makes the error about everything that is wrong with them.

import { WebhookError } from "./error.js";
import type { ConfigProblem } from "./module/failure.js";
import { valueKind } from "./value-kind.js";

const CODE = "invalid_config";

/** A name with more wrong letters than this is not a misspelling. */
const MOST_EDITS = 3;

/** Options as given. */
export interface GivenOptions<Name extends string> {
  /** Every known option, `undefined` if it was not given. The object has no prototype. */
  readonly values: Readonly<Record<Name, unknown>>;
  /** One problem for each unknown name. */
  readonly problems: readonly ConfigProblem[];
}

/**
 * Reads each known option once, whether the object's own or inherited from a class. Never reads from `Object.prototype`, since
 * other packages may have added properties there.
 *
 * An unknown name is a problem, reported with the most similar known name: a misspelt option would otherwise be ignored
 * silently. A class may have other members besides its options; of those, only names similar to an option are reported.
 *
 * @throws `TypeError` if `given` is not an object.
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

/** Reads a property of an object, its classes or a proxy. Returns `undefined` if only `Object.prototype` has it. */
export function read(given: object, name: string): unknown {
  const { objects, base } = lineage(given);
  const isBasesAlone = base !== null && Object.hasOwn(base, name) && !objects.some((one) => Object.hasOwn(one, name));
  return isBasesAlone ? undefined : Reflect.get(given, name);
}

/**
 * Returns an object's unknown names. Methods and accessors of its classes are included only if they are similar to a known name
 * or `suspect` for another reason.
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

/** Returns the most similar known name, if any is similar. */
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

/** Makes the error about one option that is not the core's. `problem` continues the sentence after the option's name. */
export function invalidConfig(option: string, problem: string): WebhookError {
  return invalidOptions([{ option, problem: `${option} ${problem}` }]);
}

/** Makes the error about everything that is wrong. Its field is the first option. */
export function invalidOptions(problems: readonly ConfigProblem[]): WebhookError {
  const message = `${CODE}: ${problems.map(({ problem }) => problem).join("; ")}`;
  return new WebhookError({ code: CODE, field: problems[0]?.option, status: 500, message });
}

/**
 * Runs all checks and returns their results.
 *
 * @param unknown - The problems of unknown names.
 * @throws {@link WebhookError} `invalid_config` with everything that is wrong, from all checks together. Other errors of a check
 * pass through unchanged.
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
  const advice = meant === undefined ? `the options are ${known.join(", ")}` : `did you mean ${meant}?`;
  return { option: name, problem: `${name} is not an option: ${advice}` };
}

/** Returns the object and its prototypes, and separately an `Object.prototype`, of any realm, at their end. */
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

/** Returns how many letters must be inserted, deleted or replaced to turn one name into the other. */
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
