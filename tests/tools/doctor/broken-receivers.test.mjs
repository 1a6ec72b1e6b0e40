// The doctor finds nothing wrong with a receiver that has every check, and exactly what is wrong with one that lacks one.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { suite, test } from "node:test";
import { carefulReceiver, mac, signedText } from "./careful-receiver.mjs";
import { codes, examined, listening, SECRET, URL } from "./examined.mjs";

const without = (...checks) => ({ changes: Object.fromEntries(checks.map((name) => [name, undefined])) });
const processed = (received, response) => response.end('{"verdict":"processed"}');

/** Knows repeated deliveries, and answers them so. */
function onRepeated(status) {
  const bodies = new Set();
  return ({ body }, response) => {
    const key = body.toString();
    response.writeHead(bodies.has(key) ? status : 200).end();
    bodies.add(key);
  };
}

/** Accepts nothing more once it has refused some requests. */
function banning() {
  let refused = 0;
  return {
    changes: {
      authSignature({ value, secret, url }) {
        const isWrong = value("auth-signature") !== mac(secret, signedText(value, url));
        refused += isWrong ? 1 : 0;
        return (isWrong || refused > 5) && 403;
      },
    },
  };
}

const FAILED = {
  "reads the timestamp with parseInt": [without("digits"), ["accepts_loose_timestamp"]],
  "takes the first of two headers": [without("doubled"), ["accepts_doubled_header"]],
  "accepts any request id and event": [without("words"), ["accepts_malformed_header"]],
  "does not verify the body": [without("bodySignature"), ["accepts_changed_body", "accepts_malformed_header", "accepts_wrong_body_signature"]],
  "verifies the body alone": [
    without("authSignature"),
    ["accepts_changed_metadata", "accepts_missing_auth_signature", "accepts_other_url", "accepts_wrong_auth_signature"],
  ],
  "demands the auth signature only if it is there": [
    { changes: { authSignature: ({ value, secret, url }) => value("auth-signature") && value("auth-signature") !== mac(secret, signedText(value, url)) && 401 } },
    ["accepts_missing_auth_signature"],
  ],
  "accepts old deliveries": [without("old"), ["accepts_stale"]],
  "accepts deliveries from the future": [without("early"), ["accepts_future"]],
  "accepts what is no object": [without("object", "agreement"), ["accepts_auth_string_as_body", "accepts_no_object", "accepts_spliced"]],
  "does not compare payload and event": [without("agreement"), ["accepts_spliced"]],
  "refuses events that it does not know": [{ changes: { known: ({ value }) => value("event") === "DOCUMENT_ARCHIVED" && 400 } }, ["refuses_unknown_event"]],
  "refuses the events of steps": [{ changes: { known: ({ value }) => value("event").startsWith("STEP") && 404 } }, ["refuses_event"]],
  "refuses fields that it does not know": [{ changes: { strict: ({ payload }) => payload?.field_to_come && 422 } }, ["refuses_unknown_field"]],
  "refuses more than 100 kB": [{ changes: { size: ({ body }) => body.length > 100_000 && 413 } }, ["refuses_large_body"]],
  "processes each delivery": [{ answer: processed }, ["processes_twice"]],
  "refuses a repeated event": [{ answer: onRepeated(409) }, ["refuses_repeated"]],
  "fails on a repeated event": [{ answer: onRepeated(500) }, ["fails_on_repeated"]],
  "throws on a signature of another length": [
    { changes: { throws: ({ value }) => value("signature").length !== 71 && raise() } },
    ["fails_on_forgery"],
  ],
  "bans Docutray after some forgeries": [banning(), ["broken_by_forgeries"]],
  "tells the signature that would be right": [
    {
      changes: {
        tells({ request, value, secret, url }) {
          const expected = mac(secret, signedText(value, url));
          request.expected = value("auth-signature") === expected ? undefined : expected;
        },
        authSignature: undefined,
      },
      answer({ request }, response) {
        response.writeHead(request.expected ? 401 : 200).end(`${request.expected}`);
      },
    },
    ["discloses_mac"],
  ],
};

const WARNED = {
  "accepts any content type": [without("contentType"), ["accepts_other_content_type"]],
  "accepts any method": [{ changes: { method: ({ request }) => request.method === "GET" && 405 } }, ["accepts_other_method"]],
  "accepts bodies of any size": [without("size"), ["no_size_limit"]],
  "demands a length": [{ changes: { length: ({ request }) => !request.headers["content-length"] && 411 } }, ["refuses_chunked_body"]],
  "redirects what is not signed": [{ changes: { bodySignature: ({ value, body, secret }) => value("signature") !== mac(secret, body) && 302 } }, ["redirects_forgery"]],
  "answers with a counter": [{ answer: counting() }, ["may_process_twice"]],
};

function raise() {
  throw new RangeError("Input buffers must have the same byte length");
}

function counting() {
  let count = 0;
  return (received, response) => response.end(JSON.stringify({ count: (count += 1) }));
}

test("a receiver with every check passes", async (t) => {
  const { code, diagnoses, summary } = await examined(await listening(t, carefulReceiver({ secret: SECRET, url: URL })));
  assert.deepEqual([codes(diagnoses, "failed"), codes(diagnoses, "warning")], [[], []]);
  assert.deepEqual([code, codes(diagnoses, "unseen"), summary.note], [0, ["constant_time"], undefined]);
});

suite("a receiver fails that", { concurrency: 2 }, () => {
  for (const [what, [broken, expected]] of Object.entries(FAILED)) {
    test(what, async (t) => {
      const { code, diagnoses } = await examined(await listening(t, carefulReceiver({ secret: SECRET, url: URL }, broken)));
      assert.deepEqual([codes(diagnoses, "failed"), codes(diagnoses, "warning")], [expected, []]);
      assert.equal(code, 1);
      const failed = diagnoses.filter(({ state }) => state === "failed");
      assert.ok(failed.every(({ why, advice }) => why && advice));
    });
  }
});

suite("a receiver is warned that", { concurrency: 2 }, () => {
  for (const [what, [broken, expected]] of Object.entries(WARNED)) {
    test(what, async (t) => {
      const { code, diagnoses } = await examined(await listening(t, carefulReceiver({ secret: SECRET, url: URL }, broken)));
      assert.deepEqual([codes(diagnoses, "failed"), codes(diagnoses, "warning")], [[], expected]);
      assert.equal(code, 0);
    });
  }
});

suite("a server fails at the first delivery, and nothing else is tried, that", { concurrency: 2 }, () => {
  const servers = {
    "redirects to another path": [(request, response) => response.writeHead(308, { location: "/hooks/" }).end(), "redirects"],
    "redirects to a login": [(request, response) => response.writeHead(302, { location: "/login" }).end(), "redirects"],
    "closes the connection": [(request) => request.socket.destroy(), "closes_connection"],
    "never answers": [() => {}, "no_answer_in_time"],
    "refuses all": [(request, response) => response.writeHead(401).end(), "refuses_genuine"],
    fails: [(request, response) => response.writeHead(500).end(), "fails_on_genuine"],
  };
  for (const [what, [answer, expected]] of Object.entries(servers)) {
    test(what, async (t) => {
      const { code, diagnoses, summary } = await examined(await listening(t, createServer(answer)), ["--timeout", "1"]);
      assert.deepEqual([code, codes(diagnoses, "failed")], [1, [expected]]);
      assert.deepEqual([summary.failed, summary.unseen, summary.passed, summary.skipped], [1, 1, 0, diagnoses.length - 2]);
    });
  }

  test("verifies the JSON that it has parsed", async (t) => {
    const bodySignature = ({ value, payload, secret }) => value("signature") !== mac(secret, JSON.stringify(payload)) && 401;
    const server = carefulReceiver({ secret: SECRET, url: URL }, { changes: { bodySignature } });
    const { code, diagnoses } = await examined(await listening(t, server));
    assert.deepEqual([code, codes(diagnoses, "failed")], [1, ["refuses_genuine"]]);
  });
});

test("a receiver that reads only the first part of a body fails", async (t) => {
  const read = async (request) => {
    const [first = Buffer.alloc(0)] = await Promise.race([once(request, "data"), once(request, "end")]);
    request.resume();
    return first;
  };
  const { code, diagnoses } = await examined(await listening(t, carefulReceiver({ secret: SECRET, url: URL }, { read })));
  assert.deepEqual([codes(diagnoses, "failed"), codes(diagnoses, "warning")], [["refuses_large_body", "refuses_slow_body"], ["refuses_chunked_body"]]);
  assert.equal(code, 1);
});

test("a server that answers 200 to all fails every forgery", async (t) => {
  const { code, diagnoses } = await examined(await listening(t, createServer((request, response) => request.resume().on("end", () => response.end()))));
  assert.equal(code, 1);
  const accepted = codes(diagnoses, "failed");
  for (const name of ["unsigned", "other_secret", "changed_body", "stale", "spliced", "doubled_header", "no_object"]) {
    assert.ok(accepted.includes(`accepts_${name}`), name);
  }
  assert.deepEqual(codes(diagnoses, "warning"), ["accepts_other_content_type", "accepts_other_method", "no_size_limit"]);
});
