import type { Fields } from "./module/fields.js";
import { inInstance } from "./module/instance.js";
import { valueKind } from "./value-kind.js";

/**
 * A request's headers: a `Headers`, any other iterable of pairs, or an object as Node and AWS Lambda give them
 * (`request.headers`, `event.headers`, `event.multiValueHeaders`). Names are case-insensitive.
 */
export type HeadersLike =
  | Iterable<readonly [name: string, value: string | readonly string[]]>
  | { readonly [name: string]: string | readonly string[] | undefined };

/** In UTF-16 code units. Servers limit headers far below this. Longer text could use up the instance's memory. */
const LONGEST_VALUE = 16 * 1024 * 1024;

/** The headers that the core checks, each tagged with the index of its name in the core. */
export type HeaderFields = Fields;

type Taken = [tag: number, value: string][];

/** The checked headers' names and their indices, grouped by length. Most other names have a different length. */
let byLength: readonly (readonly (readonly [name: string, place: number])[] | undefined)[] | undefined;

/** Read on first use, since an entry makes the instance after loading this file. */
function placesByLength(): NonNullable<typeof byLength> {
  const places: [string, number][][] = [];
  for (const [place, name] of inInstance((_core, instance) => instance.names.headers).entries()) {
    (places[name.length] ??= []).push([name, place]);
  }
  return places;
}

function placeOf(name: string): number | undefined {
  byLength ??= placesByLength();
  const names = byLength[name.length];
  if (names === undefined) {
    return undefined;
  }
  // No other letter lower-cases to a letter of these names without changing the length.
  const lower = name.toLowerCase();
  for (const [known, place] of names) {
    if (known === lower) {
      return place;
    }
  }
  return undefined;
}

/**
 * Returns the headers that the core checks. Reads everything once and before any check, so that what is checked is what was
 * read.
 */
export function headerFields(headers: unknown): HeaderFields {
  if (typeof headers !== "object" || headers === null) {
    throw unfit(valueKind(headers));
  }
  return isIterable(headers) ? fromIterable(headers) : fromObject(headers);
}

function fromIterable(headers: Iterable<unknown>): HeaderFields {
  const fields: Taken = [];
  let empty = true;
  for (const pair of headers) {
    empty = false;
    if (!Array.isArray(pair)) {
      const isFlat = typeof pair === "string";
      throw unfit(isFlat ? "a flat list of strings, as Node's rawHeaders" : "an iterable of values that are not pairs");
    }
    const name: unknown = pair[0];
    if (typeof name !== "string") {
      throw unfit(`an iterable of pairs whose name is ${valueKind(name)}`);
    }
    const place = placeOf(name);
    if (place !== undefined) {
      add(fields, place, name, pair[1]);
    }
  }
  if (empty && "next" in headers) {
    throw unfit("an iterator that is used up");
  }
  return fields;
}

function fromObject(headers: object): HeaderFields {
  const fields: Taken = [];
  for (const name of Object.keys(headers)) {
    const place = placeOf(name);
    if (place !== undefined) {
      add(fields, place, name, (headers as Record<string, unknown>)[name]);
    }
  }
  if (fields.length === 0) {
    refuseCarrier(headers);
  }
  return fields;
}

function add(fields: Taken, place: number, name: string, value: unknown): void {
  if (typeof value === "string") {
    fields.push([place, text(name, value)]);
  } else if (Array.isArray(value)) {
    for (const one of value) {
      fields.push([place, text(name, one)]);
    }
  } else if (value !== undefined) {
    text(name, value);
  }
}

function text(name: string, value: unknown): string {
  if (typeof value !== "string") {
    throw new TypeError(
      `the header ${name} has to be a string or an array of strings, as it was received, but is ${valueKind(value)}`,
    );
  }
  if (value.length > LONGEST_VALUE) {
    throw new TypeError(`the header ${name} is ${value.length} characters long: pass the headers of an HTTP request`);
  }
  return value;
}

/** Throws if the value is not headers but has them, or is a promise of them. */
function refuseCarrier(value: object): void {
  if ("then" in value) {
    throw unfit("a promise: await it");
  }
  if ("headers" in value && typeof value.headers === "object" && !Array.isArray(value.headers)) {
    throw unfit(`${valueKind(value)} that has headers: pass its .headers`);
  }
}

function isIterable(value: object): value is Iterable<unknown> {
  return Symbol.iterator in value;
}

function unfit(what: string): TypeError {
  return new TypeError(
    "the headers have to be a Headers, an object of names and values (Node's request.headers, Lambda's " +
      `event.headers) or pairs [name, value], but are ${what}`,
  );
}
