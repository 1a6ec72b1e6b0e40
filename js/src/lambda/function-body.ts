import { fromBase64 } from "../base64.js";
import type { Body } from "../body.js";
import type { Misread } from "../receiver/incoming.js";
import { valueKind } from "../value-kind.js";
import type { FunctionEvent } from "./function-event.js";

/**
 * Yields the body's bytes. AWS passes a body either as text, decoded from UTF-8, or as base64.
 *
 * @throws `TypeError` where it is neither: something has changed the event, and the error says what to do.
 */
export function functionBody({ body, isBase64Encoded }: FunctionEvent): AsyncIterable<Body> {
  if (body !== undefined && body !== null && typeof body !== "string") {
    throw new TypeError(
      `event.body has to be the text that AWS gives, but is ${valueKind(body)}: something parsed it before, and the signature ` +
        "covers the exact bytes. Take body parsers off this function (middy: no httpJsonBodyParser() on it)",
    );
  }
  if (!isEncoded(isBase64Encoded)) {
    return one(body ?? "");
  }
  const bytes = decoded(body ?? "");
  if (bytes === undefined) {
    throw new TypeError(
      "event.isBase64Encoded is true, but event.body is not base64: something before this function has changed the event. Hand " +
        "it on as AWS gives it, or set isBase64Encoded to false where the body is text",
    );
  }
  return one(bytes);
}

/** The bytes in a body that is base64 and is not called so, if it is. */
export function misreadBody({ body, isBase64Encoded }: FunctionEvent): Misread | undefined {
  const bytes = typeof body === "string" && !isBase64Encoded ? decoded(body) : undefined;
  return (
    bytes && {
      bytes,
      reason:
        "event.isBase64Encoded is false, but event.body is base64: the signature fits the bytes in it. Something before this " +
        "function has changed the event: hand it on as AWS gives it, or set isBase64Encoded to true where the body is encoded",
    }
  );
}

function isEncoded(flag: unknown): boolean {
  // An event that somebody has made by hand may do without it.
  if (flag !== undefined && flag !== null && typeof flag !== "boolean") {
    throw new TypeError(
      `event.isBase64Encoded has to be true or false, as AWS gives it, but is ${valueKind(flag)}: something before this function ` +
        'has changed the event. The text "false" would count as true',
    );
  }
  return flag === true;
}

/** As base64 carries it; nothing where it is none. */
function decoded(body: string): Uint8Array | undefined {
  try {
    return fromBase64(body);
  } catch {
    return undefined;
  }
}

async function* one(body: Body): AsyncGenerator<Body, void> {
  yield body;
}
