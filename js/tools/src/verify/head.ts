import { misused } from "../exit.js";
import { printable } from "../terminal/printable.js";
import type { Fields } from "../wire.js";

/** `POST /hooks HTTP/1.1`, `HTTP/2 200`. */
const START = /^(?:[A-Z]+ (?<target>\S+)(?: HTTP\/[\d.]+)?|HTTP\/[\d.]+(?: .*)?)$/;

/** The head of a request. */
export interface Head {
  readonly fields: Fields;
  /** As the request's first line has it, such as `/hooks?a=1`. */
  readonly target?: string;
}

/**
 * Reads header fields as people keep them: the head of an HTTP message, what `curl -i` or `curl -v` shows, lines of `Name: value`, or JSON.
 * Lines end with CRLF or LF, and an empty line ends the head.
 *
 * @throws {CommandError} naming the line that is none of that. Values are not repeated.
 */
export function readHead(text: string): Head {
  const content = text.replace(/^\ufeff/, "");
  return /^\s*[[{]/.test(content) ? { fields: fromJson(content) } : fromLines(content);
}

function fromLines(text: string): Head {
  const fields: [string, string][] = [];
  let target: string | undefined;
  for (const [index, whole] of text.replace(/^(\r?\n)+/, "").split(/\r?\n/).entries()) {
    const line = whole.replace(/^[<>] ?/, "");
    if (line === "") {
      break;
    }
    const [, name, value] = /^([!#$%&'*+.^_`|~\w-]+):[ \t]?(.*)$/s.exec(line) ?? [];
    if (name !== undefined && value !== undefined) {
      fields.push([name, value]);
    } else if (index === 0 && START.test(line)) {
      target = START.exec(line)?.groups?.["target"];
    } else {
      throw misused(`--headers: line ${index + 1} is no \`Name: value\``);
    }
  }
  return target === undefined ? { fields } : { fields, target };
}

/** `{"name": "value" or [values]}`, `[["name", "value"]]`, `["name", "value", ...]`, `[{"name", "value"}]`. */
function fromJson(text: string): Fields {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw misused("--headers: it begins like JSON and is none");
  }
  if (!Array.isArray(json)) {
    return Object.entries(json as object).flatMap(([name, value]) => [value].flat().map((each) => field(name, each)));
  }
  if (json.every((each) => typeof each === "string")) {
    return json.flatMap((name, index) => (index % 2 === 0 ? [field(name, json[index + 1])] : []));
  }
  return json.map((each) => (Array.isArray(each) ? field(each[0], each[1]) : field(each?.name ?? each?.key, each?.value)));
}

function field(name: unknown, value: unknown): readonly [string, string] {
  if (typeof name !== "string" || name === "") {
    throw misused("--headers: in this JSON a field has no name. Write {\"name\": \"value\"} or [[\"name\", \"value\"]]");
  }
  if (typeof value === "number") {
    return [name, String(value)];
  }
  if (typeof value !== "string") {
    throw misused(`--headers: the value of ${printable(name)} is no text`);
  }
  return [name, value];
}
