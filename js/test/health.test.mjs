// The errors of health() for stores that are not ready. tests/idempotency tests ready stores on the real servers.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { memory, redis } from "docutray-webhook/idempotency";
import { stoppedClock } from "./clock.mjs";

/** Returns a store in a Redis whose server answers with `answer`. */
const redisThat = (answer) => redis({ eval: answer, evalSha() {} });

suite("health()", () => {
  test("gives up on a store that does not answer", async (t) => {
    const clock = stoppedClock(t);
    const health = redisThat(() => new Promise(() => {})).health();
    const rejected = assert.rejects(health, /^Error: the idempotency store in Redis is not ready \(no answer within 5 s\): see whether /);
    await clock.pass(5);
    await rejected;
  });

  test("keeps the client's error as the cause, and says what to do if that has no message", async () => {
    const cause = new AggregateError([new Error("ECONNREFUSED ::1"), new Error("ECONNREFUSED 127.0.0.1")]);
    const away = redisThat(async () => Promise.reject(cause));
    await assert.rejects(away.health(), { message: /in Redis is not ready: see whether the client is connected/, cause });
  });

  test("is that of the store if its methods are taken from it", async () => {
    await memory().health();
    const { health } = memory();
    await health();
  });

  test("fails if claims do: a store in memory that is full of events under way", async () => {
    const store = memory({ limit: 1 });
    const { token } = await store.claim("a");
    await assert.rejects(store.health(), /store in memory is not ready \(1 events are under way.*\): raise the limit of memory\(\)/);
    await store.release("a", token);
    await store.health();
  });

  test("succeeds while another worker asks, and fails if a release does", async () => {
    await redisThat(async () => "busy 60").health();
    const answers = ["claimed 1", "nonsense"];
    await assert.rejects(redisThat(async () => answers.shift()).health(), /answered a script with "nonsense"/);
  });
});
