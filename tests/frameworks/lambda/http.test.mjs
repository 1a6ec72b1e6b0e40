import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { completed, delivery, SECRET, URL } from "./delivery.mjs";
import { passesTheDoctor } from "./passes-the-doctor.mjs";
import { deploy } from "./deployment.mjs";

/** A generous time limit, since the machine may be busy. */
const PATIENT = { timeout: 60_000 };

const fresh = (fields) => delivery({ timestamp: Math.floor(Date.now() / 1000), ...fields });

suite("examples/lambda-authorizer, started", () => {
  let deployment;
  before(
    async () => {
      deployment = await deploy();
    },
    { timeout: 120_000 },
  );
  after(() => deployment?.stop());
  const post = (path, { headers, body }, type = "application/json") =>
    fetch(deployment.address + path, { method: "POST", headers: { ...headers, "content-type": type }, body });

  async function answered(answering, status, fields) {
    const response = await answering;
    const text = await response.text();
    assert.equal(response.status, status, `${text}\n${deployment.output.text}`);
    const answer = JSON.parse(text);
    assert.deepEqual({ ...answer, ...fields }, answer);
    return response;
  }

  const apis = {
    "as its template says: an HTTP API, format 2.0, simple responses": "/hooks",
    "an HTTP API, format 2.0, policies": "/policy",
    "an HTTP API, format 1.0": "/first",
    "a REST API": "/rest",
  };
  for (const [index, [api, path]] of Object.entries(apis).entries()) {
    const data = { town: "Ñuñoa", face: "😀", total: index };
    const payload = completed({ conversion_id: `conv_${index}`, data });

    suite(api, () => {
      test("a valid delivery passes both and is processed once, however often it is sent", PATIENT, async () => {
        const { output } = deployment;
        const sent = fresh({ payload });
        await answered(post(path, sent), 200, { verdict: "processed" });
        const processed = `CONVERSION_COMPLETED:conv_${index}: ${JSON.stringify(data)}`;
        await output.says(processed);
        await answered(post(path, sent), 200, { verdict: "duplicate" });
        await answered(post(path, fresh({ payload })), 200, { verdict: "duplicate" });
        assert.equal(output.text.split(processed).length - 1, 1, output.text);
      });

      test("a delivery with another body passes the authorizer and is refused by the function", async () => {
        const changed = { ...fresh({ payload }), body: JSON.stringify(completed({ conversion_id: "other" })) };
        const response = await answered(post(path, changed), 401, { code: "signature_mismatch" });
        assert.equal(response.headers.get("content-type"), "application/problem+json");
      });

      test("a request that is not Docutray's is refused by the authorizer", async () => {
        const unsigned = { headers: {}, body: "{}" };
        const forged = [fresh({ secret: "another" }), fresh({ url: "https://example.com/" })];
        const old = delivery();
        for (const request of [unsigned, ...forged, old]) {
          await answered(post(path, request), 403, { message: "User is not authorized to access this resource" });
        }
      });
    });
  }

  test("the authorizer and the function pass the doctor", PATIENT, async () => {
    // Of a header that comes twice, serverless-offline passes on one value. AWS joins both with a comma, which is refused.
    const butFor = ["accepts_doubled_header"];
    await passesTheDoctor(`${deployment.address}/hooks`, { secret: SECRET, url: URL }, { butFor });
  });

  suite("the function without an authorizer", () => {
    for (const path of ["/open", "/open-rest"]) {
      test(`${path}: its answer says what is wrong`, async () => {
        await answered(post(path, { headers: {}, body: "{}" }), 400, { code: "missing_header" });
        await answered(post(path, delivery()), 401, { code: "timestamp_too_old" });
        await answered(post(path, fresh(), "text/plain"), 415, { code: "unsupported_media_type" });
        const response = await answered(fetch(deployment.address + path), 405, { code: "method_not_allowed" });
        assert.equal(response.headers.get("allow"), "POST");
      });
    }
  });
});
