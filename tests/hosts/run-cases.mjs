/**
 * Runs the cases of `tests/cases` through the npm package. It imports nothing and uses nothing of a host.
 */

/** The core's names of the options, by the package's. */
const OPTION_NAMES = { secret: "secrets", url: "urls", tolerance: "tolerance", maxBody: "max_body" };

/**
 * Runs every case and tells its result, one line of JSON each. `lib` is the package as imported.
 *
 * Cases of one configuration share a verifier, so that a delivery which breaks it for the next is seen.
 */
export function run(lib, cases) {
  const verifiers = new Map();
  return cases.map((one) => {
    try {
      return toJson(result(verifierFor(lib, verifiers, one.config), one));
    } catch (error) {
      return toJson(error instanceof lib.WebhookError ? { error: refusal(error) } : { crash: String(error) });
    }
  });
}

function verifierFor(lib, verifiers, config) {
  const key = JSON.stringify(config);
  if (!verifiers.has(key)) {
    verifiers.set(key, new lib.Verifier(options(config)));
  }
  return verifiers.get(key);
}

function options({ secrets, urls, tolerance, max_body }) {
  return {
    secret: secrets ?? undefined,
    url: urls?.length ? urls : false,
    tolerance: tolerance ?? undefined,
    maxBody: max_body ?? undefined,
  };
}

function result(verifier, { call, headers, now, body_base64, chunks }) {
  if (call === "authorize") {
    return { delivery: delivery(verifier.authorize(headers, now)) };
  }
  const body = bytes(body_base64);
  if (call === "verify") {
    return { event: event(verifier.verify(headers, body, now)) };
  }
  const check = verifier.begin(headers, now);
  for (const chunk of pieces(body, chunks)) {
    check.update(chunk);
  }
  return { event: event(check.finish()) };
}

function bytes(base64) {
  return Uint8Array.from(atob(base64 ?? ""), (character) => character.charCodeAt(0));
}

/** The sizes that the case names, then the rest. */
function* pieces(body, sizes) {
  let start = 0;
  for (const size of sizes ?? []) {
    yield body.subarray(start, start + size);
    start += size;
  }
  yield body.subarray(start);
}

function event({ type, name, id, key, delivery: metadata, payload }) {
  return {
    type,
    name,
    id,
    key,
    metadata_authenticated: metadata.metadataAuthenticated,
    delivery: delivery(metadata),
    payload,
  };
}

function delivery({ requestId, timestamp, event, metadataAuthenticated }) {
  return { request_id: requestId, timestamp, event, metadata_authenticated: metadataAuthenticated };
}

function refusal({ code, field = null, status, message }) {
  return { code, field: code === "invalid_config" ? OPTION_NAMES[field] : field, status, message };
}

/** JSON knows no infinity, which is what a number beyond a double has become here, and JSON.stringify writes -0 as 0. */
function toJson(value) {
  return JSON.stringify(value, (_, member) => {
    if (Object.is(member, -0)) {
      return { $number: "-0" };
    }
    return member === Infinity || member === -Infinity ? { $number: String(member) } : member;
  });
}
