// Wraps the component, as jco transpiles it, in the API of the npm package, which the suite calls.
import { check } from "./reading.mjs";

const OPTIONS = { secrets: "secret", metadata: "url", tolerance: "tolerance", "max-body": "maxBody" };
const encoder = new TextEncoder();

/** All cases run in one instance, so that a case which breaks it is seen by the next ones. */
export function packageOf({ verifier: { Verifier: Resource, BodyCheck }, answers: { answer } }) {
  class Verifier {
    #resource;

    constructor({ secret, url, tolerance, maxBody }) {
      this.#resource = translated(
        () =>
          new Resource({
            secrets: secret ?? [],
            metadata: url?.length ? { tag: "registered", val: url } : { tag: "body-only" },
            // The interface's largest value is beyond the limit too.
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

  /** jco throws what the interface returns as an error; anything else it throws is a trap or a fault. */
  function translated(call) {
    try {
      return call();
    } catch (fault) {
      const error = fault.payload;
      if (error?.code === undefined) {
        throw fault;
      }
      const told = answer({ tag: "refused", val: error });
      if (told.status !== error.status || told.code !== error.codeName) {
        throw new Error(`${error.codeName} is answered ${JSON.stringify(told)}`);
      }
      throw new WebhookError(error);
    }
  }
  return { Verifier, WebhookError };
}

class WebhookError extends Error {
  constructor({ code, codeName, field, status, message }) {
    super(message);
    this.code = codeName;
    this.field = code === "invalid-config" ? OPTIONS[field] : field;
    this.status = status;
  }
}

function event({ kind, kindName, name, id = null, key, metadataAuthenticated, delivery: passed, payload, raw }) {
  check(kind, payload, raw);
  if (metadataAuthenticated !== passed.metadataAuthenticated) {
    throw new Error(`metadata-authenticated is ${metadataAuthenticated}, but not in the delivery`);
  }
  return { type: kindName, name, id, key, delivery: delivery(passed), payload: JSON.parse(raw) };
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
