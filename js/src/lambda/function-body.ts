import { fromBase64 } from "../base64.js";
import type { Body } from "../body.js";
import type { Misread } from "../receiver/incoming.js";
import { valueKind } from "../value-kind.js";
import type { FunctionEvent } from "./function-event.js";

/**
 * Yields the body's bytes. AWS passes a body either as text, decoded from UTF-8, or as base64.
 *
 * @throws `TypeError` if something has changed the event: the body was parsed, or `isBase64Encoded` is wrong. Its message says
 * what to do.
 */
export function functionBody({ body, isBase64Encoded }: FunctionEvent): AsyncIterable<Body> {
  if (body !== undefined && body !== null && typeof body !== "string") {
    throw new TypeError(
      `event.body has to be the text that AWS gives, but is ${valueKind(body)}: something parsed it before, and the signature ` +
        "covers the exact bytes. Remove body parsers from this function (middy: no httpJsonBodyParser() on it)",
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

/** Returns the decoded bytes of a body that is valid base64 although `isBase64Encoded` is not true. */
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
  // A hand-written event may lack the flag.
  if (flag !== undefined && flag !== null && typeof flag !== "boolean") {
    throw new TypeError(
      `event.isBase64Encoded has to be true or false, as AWS gives it, but is ${valueKind(flag)}: something before this function ` +
        'has changed the event. The text "false" would count as true',
    );
  }
  return flag === true;
}

/** Decodes base64. Returns `undefined` if the text is not base64. */
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
