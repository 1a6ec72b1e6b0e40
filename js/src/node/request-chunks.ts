import type { Body } from "../body.js";
import { RawBodyGone } from "../receiver/incoming.js";
import { isNodeRequest } from "../right-entry.js";
import { valueKind } from "../value-kind.js";
import type { NodeRequest } from "./http.js";
import { BODY_WAS_READ, rawChunks } from "./raw-body.js";

/**
 * Yields the bytes of a Node request's body: from the request if nothing has read it, otherwise from where they were kept.
 *
 * @throws `TypeError` if it is not a request of Node. The iteration throws a `TypeError` if the bytes are lost.
 */
export function requestChunks(request: NodeRequest): AsyncIterable<Body> {
  if (!isNodeRequest(request)) {
    throw new TypeError(
      `verifyNode takes a request of Node or Express, but got ${valueKind(request)}. ` +
        "For a Web Request: verifier.verifyRequest(request). For Fastify: request.raw, or fastifyWebhook of docutray-webhook/node",
    );
  }
  return toldToTheCaller(rawChunks(request, () => request, () => BODY_WAS_READ));
}

async function* toldToTheCaller(chunks: AsyncIterable<Body>): AsyncGenerator<Body, void> {
  try {
    yield* chunks;
  } catch (error) {
    if (error instanceof RawBodyGone && error.cause instanceof Error) {
      throw new TypeError(error.cause.message, { cause: error });
    }
    throw error;
  }
}
