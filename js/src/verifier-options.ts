import type { ConfigProblem } from "./module/failure.js";
import { readOptions } from "./options.js";
import type { CoreOptions } from "./prepared.js";

/** How a `Verifier` is set up. */
export interface VerifierOptions {
  /**
   * The webhook's secret from Docutray, used as it is. Several, newest first, while deliveries signed with an old one
   * may be under way: 1 to 8, none empty.
   */
  readonly secret: string | readonly string[];
  /**
   * The endpoint's URL, exactly as registered at Docutray: the signature of the metadata covers that text, not what a
   * proxy made of it. It begins with `https://` or `http://` and has no white space. Several for an endpoint with several
   * registrations: 1 to 8.
   *
   * `false` gives up the check of the metadata: **whoever has seen one signed body can then send it again** with a
   * fresh timestamp, another request id and another event name. Only for where the registered URL cannot be known.
   */
  readonly url: string | readonly string[] | false;
  /** How far a timestamp may lie from now, either way: whole seconds, 1 to 86,400. Default 300, as documented. */
  readonly tolerance?: number | undefined;
  /**
   * The largest body taken, in bytes, inclusive: 0 to 268,435,456 (256 MiB), which is what every host can hold. Default
   * 16 MiB. A larger body is refused before anything of it is read.
   */
  readonly maxBody?: number | undefined;
}

/** The options of a `Verifier`, in the order in which they are told of. */
export const VERIFIER_OPTIONS = ["secret", "url", "tolerance", "maxBody"] as const satisfies (keyof VerifierOptions)[];

/** Options as the core takes them, and what is wrong with the types of those that it does not get. */
export interface ReadVerifierOptions {
  readonly options: CoreOptions;
  readonly problems: readonly ConfigProblem[];
}

/** @throws What a getter of the options throws. */
export function readVerifierOptions(given: object): ReadVerifierOptions {
  const { values, problems } = readOptions(given, VERIFIER_OPTIONS);
  return judged(values, problems);
}

/** Values of the options, each read before. Their types are judged here, everything else by the core. */
export function judged(
  { secret, url, tolerance, maxBody }: Readonly<Record<keyof VerifierOptions, unknown>>,
  unknown: readonly ConfigProblem[] = [],
): ReadVerifierOptions {
  const problems: ConfigProblem[] = [];
  function typed<T>(option: string, value: unknown, take: (value: unknown) => T | undefined, problem: string): T | undefined {
    const taken = value === undefined ? undefined : take(value);
    if (value !== undefined && taken === undefined) {
      problems.push({ option, problem });
    }
    return taken;
  }
  const options = {
    secrets: typed("secret", secret, texts, "the secret has to be a string or an array of strings") ?? [],
    urls: url === false ? undefined : (typed("url", url, texts, "the URL has to be a string, an array of strings or `false`") ?? []),
    tolerance: typed("tolerance", tolerance, number, "the tolerance has to be a number of seconds"),
    maxBody: typed("maxBody", maxBody, wholeNumber, "the limit on the body has to be a whole number of bytes, 0 or more"),
  };
  if (url === undefined) {
    // The core would say the same, but not how the opt-out is spelled here.
    problems.push({ option: "url", problem: NO_URL });
  }
  return { options, problems: [...problems, ...unknown] };
}

const NO_URL =
  "no URL: pass the endpoint's URL exactly as registered at Docutray, or `false` to check the body alone and leave the " +
  "metadata open to a replay";

/** In the order of the options, then the names that are none; of one option the first problem alone. */
export function inOrder(problems: readonly ConfigProblem[]): readonly ConfigProblem[] {
  const place = ({ option }: ConfigProblem) => {
    const found = (VERIFIER_OPTIONS as readonly string[]).indexOf(option);
    return found < 0 ? VERIFIER_OPTIONS.length : found;
  };
  const first = problems.filter(({ option }, index) => problems.findIndex((one) => one.option === option) === index);
  return first.sort((one, other) => place(one) - place(other));
}

function texts(value: unknown): readonly string[] | undefined {
  if (typeof value === "string") {
    return [value];
  }
  // A copy: what is judged is what is used, whatever becomes of the caller's array.
  const list = Array.isArray(value) ? [...value] : undefined;
  return list?.every((text) => typeof text === "string") ? list : undefined;
}

function number(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}

function wholeNumber(value: unknown): number | undefined {
  return Number.isInteger(value) && (value as number) >= 0 ? (value as number) : undefined;
}
