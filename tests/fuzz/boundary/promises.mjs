// What holds whatever a caller passes. Each function runs a plan and throws if a promise is broken.
import assert from "node:assert/strict";
import { inspect } from "node:util";
import { called, formed, plain, signed } from "./deliveries.mjs";
import { completed, delivery, NOW, SECRET, URL } from "./delivery.mjs";
import { exhaust, instanceBytes, memories, Verifier, WebhookError } from "./instance.mjs";
import { Hostile, made } from "./values.mjs";

const MIB = 1024 * 1024;
/** An instance whose memory has grown beyond this is replaced. */
const MOST_MEMORY = 64 * MIB;
const options = { secret: SECRET, url: URL, maxBody: 256 * MIB };
const verifier = new Verifier(options);
const genuine = delivery();
const world = { Verifier, verifier, genuine };
/** Of deliveries that this process signs, whether or not they are changed later. */
const MACS = [genuine.headers["x-docutray-signature"], genuine.headers["x-docutray-auth-signature"]].map((mac) => mac.slice(7));

/** Only documented errors leave a call, and the next genuine delivery passes. */
export async function anything(plan) {
  const [headers, body, now] = [made(plan.headers), made(plan.body), made(plan.now)];
  const error = await thrownBy(() => calls[plan.call](headers, body, now));
  if (error !== undefined && !(error instanceof Hostile)) {
    const isDocumented = error instanceof WebhookError || Object.getPrototypeOf(error) === TypeError.prototype;
    assert.ok(isDocumented, `${plan.call} threw ${inspect(error)}`);
    keepsSecrets(error);
  }
  stillPasses();
}

const calls = {
  new: (options) => new Verifier(options, () => {}).free(),
  verify: (headers, body, now) => verifier.verify(headers, body, now),
  authorize: (headers, _, now) => verifier.authorize(headers, now),
  update: (headers, body, now) => {
    const check = verifier.begin(genuine.headers, NOW);
    check.update(body);
    check.update(genuine.body);
    return check.finish();
  },
  verifyRequest: (headers, body, now) => verifier.verifyRequest({ headers, body, bodyUsed: false }, now),
  verifyNode: (headers, body, now) => verifier.verifyNode({ headers, body, rawBody: body }, now),
};

async function thrownBy(call) {
  try {
    await call();
    return undefined;
  } catch (error) {
    return error;
  }
}

/** The verdict is that of a plain copy of the same values. */
export function sameVerdict(plan) {
  const made = signed(plan);
  const copy = plain(structuredClone(made));
  const expected = verdict(() => called(plan, verifier, copy.headers, copy.body));
  const { headers, body } = formed(plan, made, world);
  assert.deepEqual(
    verdict(() => called(plan, verifier, headers, body)),
    expected,
  );
  stillPasses();
}

/** An event, or an error without its stack. */
function verdict(call) {
  try {
    const value = call();
    return { value: { ...value }, raw: value.raw };
  } catch (error) {
    assert.ok(error instanceof WebhookError || error instanceof TypeError, inspect(error));
    keepsSecrets(error);
    return { name: error.name, code: error.code, field: error.field, message: error.message };
  }
}

/** Where memory is used up, the instance is replaced, and its memory comes back. */
export function underPressure(plan) {
  const checks = [];
  for (const step of plan) {
    try {
      pressures[step.does](step.size, checks);
    } catch (error) {
      const isAllowed = error instanceof WebhookError || error.name === "InstanceLost";
      assert.ok(isAllowed, inspect(error));
      keepsSecrets(error);
    }
    recovers();
  }
  for (const check of checks) {
    check.update(genuine.body);
    assert.equal(check.finish().id, "conv_1");
  }
}

const pressures = {
  exhaust,
  longId: (size) => verifySized({ conversion_id: "c".repeat(size) }),
  large: (size) => verifySized({ data: { text: "x".repeat(size) } }),
  largeRefused: (size) => verifier.verify(genuine.headers, new Uint8Array(size), NOW),
  header: (size) => {
    const bad = { ...genuine.headers, "x-docutray-event": "É".repeat(Math.min(size, 16 * MIB)) };
    verifier.verify(bad, genuine.body, NOW);
  },
  begin: (_, checks) => checks.push(verifier.begin(genuine.headers, NOW)),
  make: (size) => new Verifier({ ...options, secret: "s".repeat(Math.min(size, 1_000_000)) }).free(),
  verify: () => verifier.verify(genuine.headers, genuine.body, NOW),
};

function verifySized(fields) {
  const { headers, body } = delivery({ payload: completed(fields) });
  verifier.verify(headers, Buffer.from(body), NOW);
}

/** The next genuine delivery passes, or it ends the instance that was left without memory, and its retry passes. */
function recovers() {
  const before = memories.length;
  try {
    stillPasses();
  } catch (error) {
    assert.equal(error.name, "InstanceLost", inspect(error));
    stillPasses();
  }
  // An instance that has grown is replaced after the call, so the next call has the new one.
  stillPasses();
  assert.ok(memories.length <= before + 1, `${memories.length - before} new instances`);
  assert.ok(instanceBytes() <= MOST_MEMORY, `${instanceBytes()} bytes`);
}

function stillPasses() {
  assert.equal(verifier.verify(genuine.headers, genuine.body, NOW).id, "conv_1");
}

function keepsSecrets(error) {
  const shown = `${inspect(error, { showHidden: true, depth: 6 })} ${error.stack} ${JSON.stringify(error)}`;
  for (const secret of [SECRET, ...MACS]) {
    assert.ok(!shown.includes(secret), `${secret} is in ${shown}`);
  }
}
