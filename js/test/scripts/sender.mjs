// Sends a script's deliveries and reads the answers.
import assert from "node:assert/strict";
import { delivery, REQUEST_ID, SECRET } from "../delivery.mjs";
import { elapsed, passed } from "./world.mjs";

const encoder = new TextEncoder();

/** Sends a request at its time. Returns its answer and when it arrived, or nothing if the sender disconnects. */
export async function send(receiver, request) {
  await passed(request.at ?? 0);
  const sent = requestOf(request);
  if (request.read_before) {
    await sent.whole.text();
  }
  const gone = leaving(request.leaves, sent);
  const response = await Promise.race([receiver(sent.whole), gone]);
  return response && { at: elapsed(), response, unread: sent.unread() };
}

function requestOf({ method = "POST", event = "CONVERSION_STARTED", id = "c_1", payload, size, secret = SECRET, signed_at = 0, headers = {}, body }) {
  const timestamp = Math.floor(Date.now() / 1000) + signed_at;
  const text = (payload ?? genuine(id)).padEnd(size ?? 0);
  const signed = delivery({ payload: text, event, timestamp, secret });
  const pieces = piecesOf(encoder.encode(text), body ?? [{ send: "rest", end: true }]);
  const sender = new AbortController();
  const whole = new Request("http://localhost/hooks", {
    method,
    headers: present({ "content-type": "application/json", ...signed.headers, ...headers }),
    body: method === "GET" || method === "HEAD" ? undefined : pieces.stream,
    duplex: "half",
    signal: sender.signal,
  });
  function leave() {
    sender.abort();
    pieces.breakOff();
  }
  return { whole, leave, unread: pieces.unread };
}

function genuine(id) {
  return `{"conversion_id":"${id}","status":"PROCESSING","request_timestamp":"2024-01-15T10:30:00.000Z","document_type_code":"invoice"}`;
}

function present(headers) {
  return Object.entries(headers).filter(([, value]) => value !== null);
}

/** Yields a body in pieces, each at its time. Without an end it stalls. */
function piecesOf(signed, pieces) {
  const [start, left] = [elapsed(), [...pieces]];
  let [came, unread] = [0, true];
  let breakOff;
  const stream = new ReadableStream(
    {
      start(controller) {
        breakOff = () => controller.error(new Error("the sender went away"));
      },
      async pull(controller) {
        unread = false;
        const { at = 0, send, text, end, breaks } = left.shift() ?? (await new Promise(() => {}));
        await passed(start + at - elapsed());
        if (send !== undefined) {
          const to = send === "rest" ? signed.length : came + send;
          controller.enqueue(signed.slice(came, to));
          came = to;
        }
        if (text !== undefined) {
          controller.enqueue(encoder.encode(text));
        }
        if (breaks) {
          controller.error(new Error("connection lost"));
        } else if (end) {
          controller.close();
        }
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, breakOff, unread: () => unread };
}

async function leaving(time, { leave }) {
  if (time === undefined) {
    return new Promise(() => {});
  }
  await passed(time);
  leave();
}

/** Returns the result of a request in the form of a script's `answer`. The sender's answer and the record must agree. */
export async function outcomeOf(request, got, { at, record }) {
  const { verdict, code, error, seenBefore } = record;
  assert.equal(record.durationMs, Math.round((at - (request.at ?? 0)) * 1000), "the record has how long it took");
  return {
    at: got?.at ?? at,
    status: record.status,
    verdict,
    ...(code !== undefined && { code }),
    ...(error !== undefined && { found: [error.code, error.field].filter((part) => part !== undefined).join(" ") }),
    ...(await told(got, record)),
    names: names(record, request),
    ...(seenBefore && { seen_before: true }),
  };
}

/** Returns what only the sender is told. */
async function told(got, { status, verdict, code, error }) {
  if (got === undefined) {
    return { gone: true };
  }
  const { response, unread } = got;
  const { title, detail, ...body } = await response.json();
  const { allow, "accept-encoding": accepted, "content-type": type, "retry-after": after, ...more } = Object.fromEntries(response.headers);
  assert.deepEqual(more, {}, "headers");
  assert.deepEqual([response.status, allow], [status, status === 405 ? "POST" : undefined]);
  assert.equal(accepted, code === "unsupported_content_encoding" ? "identity" : undefined);
  if (status === 200) {
    assert.deepEqual([type, body], ["application/json", code === undefined ? { verdict } : { verdict, code }]);
  } else {
    const field = error?.code === code ? error?.field : undefined;
    assert.deepEqual([type, body], ["application/problem+json", { status, code, ...(field !== undefined && { field }) }]);
    assert.ok(title && detail, "a problem in words");
  }
  return { ...(after !== undefined && { retry_after: Number(after) }), ...(unread && { unread }) };
}

/** Returns how much of the delivery the record names. */
function names({ event, requestId, id, key }, { event: name = "CONVERSION_STARTED", id: own = "c_1" }) {
  const named = requestId === undefined ? "none" : key === undefined ? "delivery" : "event";
  assert.deepEqual([event, requestId], named === "none" ? [undefined, undefined] : [name, REQUEST_ID]);
  const isKnown = named === "event" && name === "CONVERSION_STARTED";
  assert.deepEqual([id, key?.split(":")[0]], [isKnown ? own : undefined, named === "event" ? name : undefined]);
  return named;
}
