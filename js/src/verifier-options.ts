import type { ConfigProblem } from "./module/failure.js";
import { readOptions } from "./options.js";
import type { CoreOptions } from "./prepared.js";

/** The options of a `Verifier`. */
export interface VerifierOptions {
  /**
   * The webhook's secret from Docutray, used exactly as given. Pass several, newest first, while deliveries signed with an old
   * one may still arrive: 1 to 8, none of them empty.
   */
  readonly secret: string | readonly string[];
  /**
   * The endpoint's URL, exactly as registered at Docutray. The metadata's signature covers that text, not what a proxy made of
   * it. It begins with `https://` or `http://` and contains no white space. Pass several, 1 to 8, if the endpoint is registered
   * under several URLs.
   *
   * A `URL` object counts as its `href`, which has capital letters, a default port and an empty path in another form than the text
   * from which it was made. Without a path (`new URL("https://example.com")`), the URL without the slash that `URL` adds counts as
   * well, as another of the 8. If the registered text has such a form otherwise, pass the text.
   *
   * `false` turns the verification of the metadata off: **anybody who has seen a signed body can then send it again** with a
   * fresh timestamp, another request id and another event name. Use it only if the registered URL cannot be known.
   */
  readonly url: string | URL | readonly (string | URL)[] | false;
  /** How far a timestamp may differ from now in either direction: whole seconds from 1 to 86,400. Default 300, as documented. */
  readonly tolerance?: number | undefined;
  /**
   * The size of the largest body that is accepted, in bytes, inclusive: 0 to 268,435,456 (256 MiB), the largest body that every
   * host can hold. Default 16 MiB. A larger body is refused before any of it is hashed.
   */
  readonly maxBody?: number | undefined;
}

/** The options of a `Verifier`, in the order in which errors name them. */
export const VERIFIER_OPTIONS = ["secret", "url", "tolerance", "maxBody"] as const satisfies (keyof VerifierOptions)[];

/** The core's options, and the problems of options whose types are wrong. */
export interface ReadVerifierOptions {
  readonly options: CoreOptions;
  readonly problems: readonly ConfigProblem[];
}

/** @throws The error of a getter of the options. */
export function readVerifierOptions(given: object): ReadVerifierOptions {
  const { values, problems } = readOptions(given, VERIFIER_OPTIONS);
  return judged(values, problems);
}

/** Checks the types of options that have been read. The core checks everything else. */
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
    urls: url === false ? undefined : (typed("url", url, urls, "the URL has to be a string, a URL object, an array of these or `false`") ?? []),
    tolerance: typed("tolerance", tolerance, number, "the tolerance has to be a number of seconds"),
    maxBody: typed("maxBody", maxBody, wholeNumber, "the limit on the body has to be a whole number of bytes, 0 or more"),
  };
  if (url === undefined) {
    // The core reports this too, but does not know how the opt-out is written in JavaScript.
    problems.push({ option: "url", problem: NO_URL });
  }
  return { options, problems: [...problems, ...unknown] };
}

const NO_URL =
  "no URL: pass the endpoint's URL exactly as registered at Docutray, or `false` to check the body alone and leave the " +
  "metadata open to a replay";

/** Sorts problems by the order of the options, unknown names last. Keeps only the first problem of each option. */
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
  // Copied, so that the caller cannot change the array after the check.
  const list = Array.isArray(value) ? [...value] : undefined;
  return list?.every((text) => typeof text === "string") ? list : undefined;
}

/** Returns URLs as text. A `URL` without a path may have been registered with or without the slash that it adds. */
function urls(value: unknown): readonly string[] | undefined {
  const given = Array.isArray(value) ? [...value] : [value];
  return texts(given.flatMap((one) => (isUrl(one) ? forms(one) : one)));
}

function forms({ href, pathname, search, hash }: URL): string[] {
  return pathname === "/" && search === "" && hash === "" ? [href, href.slice(0, -1)] : [href];
}

/** Also recognises a `URL` of another realm. */
function isUrl(value: unknown): value is URL {
  return typeof value === "object" && value !== null && "searchParams" in value && "href" in value && typeof value.href === "string";
}

function number(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}

function wholeNumber(value: unknown): number | undefined {
  return Number.isInteger(value) && (value as number) >= 0 ? (value as number) : undefined;
}
