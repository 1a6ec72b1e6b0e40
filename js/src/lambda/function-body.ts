import { fromBase64 } from "../base64.js";
import type { Body } from "../body.js";
import { valueKind } from "../value-kind.js";
import type { FunctionEvent } from "./function-event.js";

/**
 * Yields the body's bytes. AWS passes a body either as text, decoded from UTF-8, or as base64.
 *
 * @throws `TypeError` if a middleware has parsed the body. Its message says what to do.
 */
export function functionBody({ body, isBase64Encoded }: FunctionEvent): AsyncIterable<Body> {
  if (body !== undefined && body !== null && typeof body !== "string") {
    throw new TypeError(
      `event.body has to be the text that AWS gives, but is ${valueKind(body)}: something parsed it before, and the signature ` +
        "covers the exact bytes. Take body parsers off this function (middy: no httpJsonBodyParser() on it)",
    );
  }
  return chunks(body ?? "", isBase64Encoded);
}

async function* chunks(body: string, isBase64Encoded: boolean): AsyncGenerator<Body, void> {
  yield isBase64Encoded ? fromBase64(body) : body;
}
