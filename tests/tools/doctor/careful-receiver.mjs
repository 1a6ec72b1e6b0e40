// A receiver written by hand with every check. A test leaves one out, or replaces it.
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

const LIMIT = 16 * 1024 * 1024;
const TOLERANCE = 300;
const IDS = { CONVERSION: "conversion_id", IDENTIFICATION: "identification_id", STEP: "step_execution_id" };
const STATUSES = { STARTED: ["PROCESSING"], COMPLETED: ["SUCCESS", "completed"], FAILED: ["ERROR"] };
const NAMES = ["signature", "auth-signature", "timestamp", "request-id", "event"];
const GRAMMAR = {
  timestamp: /^[0-9]{1,12}$/,
  "request-id": /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  event: /^[A-Z][A-Z0-9_]{0,63}$/,
};

/** The checks by their names. Each returns the status of a refusal, or nothing. */
const CHECKS = {
  method: ({ request }) => request.method !== "POST" && 405,
  contentType: ({ request }) => request.headers["content-type"] !== "application/json" && 415,
  size: ({ body }) => body.length > LIMIT && 413,
  doubled: ({ request }) => NAMES.some((name) => request.headersDistinct[`x-docutray-${name}`]?.length > 1) && 400,
  digits: ({ value }) => !GRAMMAR.timestamp.test(value("timestamp")) && 400,
  words: ({ value }) => ["request-id", "event"].some((name) => !GRAMMAR[name].test(value(name))) && 400,
  bodySignature: ({ value, body, secret }) => !isMac(value("signature"), secret, body) && 401,
  authSignature: ({ value, secret, url }) => !isMac(value("auth-signature"), secret, signedText(value, url)) && 401,
  old: ({ value }) => !(now() - parseInt(value("timestamp")) <= TOLERANCE) && 401,
  early: ({ value }) => parseInt(value("timestamp")) - now() > TOLERANCE && 401,
  object: ({ payload }) => (typeof payload !== "object" || payload === null || Array.isArray(payload)) && 400,
  agreement: ({ value, payload }) => !agrees(value("event"), payload) && 400,
};

/** `changes` has checks to use in place of those above, or `undefined` to leave one out. `read` reads the body. `answer` is given what was received. */
export function carefulReceiver({ secret, url }, { changes = {}, read = whole, answer = once() } = {}) {
  const checks = Object.values({ ...CHECKS, ...changes }).filter(Boolean);
  return createServer(async (request, response) => {
    try {
      const body = await read(request);
      const value = (name) => request.headersDistinct[`x-docutray-${name}`]?.[0] ?? "";
      const received = { request, body, value, secret, url, payload: parsed(body) };
      const refusal = checks.map((check) => check(received)).find(Boolean);
      if (refusal) {
        response.writeHead(refusal).end();
      } else {
        answer(received, response);
      }
    } catch (error) {
      if (!response.destroyed) {
        response.writeHead(500).end();
      }
    }
  });
}

async function whole(request) {
  return Buffer.concat(await request.toArray());
}

/** Says of each event whether it was there before. */
function once() {
  const keys = new Set();
  return ({ value, payload }, response) => {
    const key = `${value("event")}:${JSON.stringify(payload)}`;
    const verdict = keys.has(key) ? "duplicate" : "processed";
    keys.add(key);
    response.end(JSON.stringify({ verdict }));
  };
}

function isMac(value, secret, signed) {
  const expected = Buffer.from(mac(secret, signed));
  const given = Buffer.from(value);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

export function mac(secret, signed) {
  return `sha256=${createHmac("sha256", secret).update(signed).digest("hex")}`;
}

export function signedText(value, url) {
  return [value("request-id"), value("timestamp"), url, value("event")].join("|");
}

function now() {
  return Math.floor(Date.now() / 1000);
}

function parsed(body) {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}

/** Whether the payload has the id and the status of its event. An event that is not known agrees with any. */
function agrees(event, payload) {
  const [family, stage] = event.split("_");
  return !(family in IDS) || !isObject(payload) || (IDS[family] in payload && STATUSES[stage].includes(payload.status));
}

function isObject(payload) {
  return typeof payload === "object" && payload !== null && !Array.isArray(payload);
}
