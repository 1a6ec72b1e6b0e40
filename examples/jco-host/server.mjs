// Receives Docutray's webhooks with the component, transpiled for Node. The headers are checked before a body is read.
import { createServer } from "node:http";
import { collect } from "./body.mjs";
import { Component } from "./verifier.mjs";

const { DOCUTRAY_WEBHOOK_SECRET, DOCUTRAY_WEBHOOK_SECRET_OLD, DOCUTRAY_WEBHOOK_URL, DOCUTRAY_WEBHOOK_BODY_DEADLINE, PORT = "8080" } = process.env;
/** In seconds. Docutray waits 30 for an answer. */
const DEADLINE = Number(DOCUTRAY_WEBHOOK_BODY_DEADLINE || 25);

const component = new Component({
  secrets: [DOCUTRAY_WEBHOOK_SECRET, DOCUTRAY_WEBHOOK_SECRET_OLD].filter(Boolean),
  metadata: { tag: "registered", val: [DOCUTRAY_WEBHOOK_URL ?? ""] }, // an empty URL is refused
});

const server = createServer(async (request, response) => {
  const deadline = AbortSignal.timeout(1000 * DEADLINE);
  const instance = component.current;
  try {
    const { kindName, id, key } = await receive(request, instance, deadline);
    // Put the event into a queue here, once for each `key`. Docutray waits at most 30 seconds, and retries.
    const body = JSON.stringify({ type: kindName, id: id ?? null, key });
    send(response, { status: 200, headers: [["content-type", "application/json"]], body });
  } catch (error) {
    if (!request.complete) {
      response.setHeader("connection", "close"); // the rest of the body is not read
    }
    send(response, refusal(instance, error));
  }
});

async function receive(request, instance, deadline) {
  const { verifier, answers } = instance;
  const headers = pairs(request.rawHeaders);
  answers.admit(request.method, headers);
  const now = BigInt(Math.floor(Date.now() / 1000));
  const check = verifier.begin(headers, now); // must pass before any of the body is read
  try {
    // The instance holds verifiers but no bodies. An arriving body is held in JavaScript and garbage-collected.
    const body = await collect(request, (length) => check.expectLength(BigInt(length)), deadline);
    return verifier.verify(headers, body, now);
  } finally {
    check[Symbol.dispose]();
  }
}

/** Returns the sender's answer. Logs more for the operator. */
function refusal(instance, error) {
  try {
    if (error instanceof WebAssembly.RuntimeError) {
      throw error;
    }
    if (error.outcome !== undefined) {
      return instance.answers.answer({ tag: error.outcome }); // thrown by `collect`
    }
    if (error.payload?.finding !== undefined) {
      console.error(`a delivery was refused: ${error.payload.message}`);
      return instance.answers.answer({ tag: "refused", val: error.payload });
    }
    if (error.payload?.body !== undefined) {
      return error.payload; // `admit` has returned the answer
    }
    throw error;
  } catch (trap) {
    console.error(trap);
    component.retire(instance);
    return component.unavailable;
  }
}

/** Returns all received headers, repeated ones included, with their values as bytes. */
function pairs(rawHeaders) {
  const names = rawHeaders.filter((_, index) => index % 2 === 0);
  return names.map((name, index) => [name, Buffer.from(rawHeaders[2 * index + 1], "latin1")]);
}

function send(response, { status, headers, body }) {
  if (!response.destroyed) {
    response.writeHead(status, headers.flat()).end(body);
  }
}

server.listen(Number(PORT), "127.0.0.1", () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}`);
});
