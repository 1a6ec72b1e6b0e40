// The component's interface, as jco hands it over, in the words of the JavaScript package: what the suite calls.
import { check } from "./reading.mjs";

const OPTIONS = { secrets: "secret", urls: "url", tolerance: "tolerance", "max-body": "maxBody" };
const encoder = new TextEncoder();

/** `verifier` is the interface of one instance: whatever a case does to it, the next ones see. */
export function packageOf({ Verifier: Resource, BodyCheck }) {
  class Verifier {
    #resource;

    constructor({ secret, url, tolerance, maxBody }) {
      this.#resource = translated(
        () =>
          new Resource({
            secrets: secret ?? [],
            urls: url || [],
            // What does not fit is as far beyond the limit as what does.
            tolerance: tolerance === undefined ? undefined : Math.min(tolerance, 2 ** 32 - 1),
            maxBody: maxBody === undefined ? undefined : u64(maxBody),
          }),
      );
    }

    verify(headers, body, now) {
      return event(translated(() => this.#resource.verify(bytes(headers), body, u64(now))));
    }

    authorize(headers, now) {
      return delivery(translated(() => this.#resource.authorize(bytes(headers), u64(now))));
    }

    begin(headers, now) {
      const check = translated(() => this.#resource.begin(bytes(headers), u64(now)));
      return {
        update: (chunk) => translated(() => check.update(chunk)),
        finish: () => event(translated(() => BodyCheck.finish(check))),
      };
    }
  }
  return { Verifier, WebhookError };
}

class WebhookError extends Error {
  constructor({ code, field, status, message }) {
    super(message);
    this.code = snake(code);
    this.field = code === "invalid-config" ? OPTIONS[field] : field;
    this.status = status;
  }
}

/** jco throws what the interface returns as an error; anything else it throws is a trap or a fault. */
function translated(call) {
  try {
    return call();
  } catch (error) {
    throw error.payload?.code === undefined ? error : new WebhookError(error.payload);
  }
}

function event({ kind, name, id = null, key, metadataAuthenticated, delivery: passed, payload, raw }) {
  check(kind, payload, raw);
  if (metadataAuthenticated !== passed.metadataAuthenticated) {
    throw new Error(`metadata-authenticated is ${metadataAuthenticated}, but not in the delivery`);
  }
  return { type: snake(kind).toUpperCase(), name, id, key, delivery: delivery(passed), payload: JSON.parse(raw) };
}

function delivery({ timestamp, ...rest }) {
  return { ...rest, timestamp: Number(timestamp) };
}

/** A number beyond 2^53 may have been rounded up, out of the type. */
function u64(number) {
  const largest = 2n ** 64n - 1n;
  const integer = BigInt(number);
  return integer < largest ? integer : largest;
}

function bytes(headers) {
  return headers.map(([name, value]) => [name, encoder.encode(value)]);
}

function snake(name) {
  return name.replaceAll("-", "_");
}
