// memory() answers as tests/cases/claims says. The crate's store in memory runs the same cases.
import { readdirSync, readFileSync } from "node:fs";
import { suite, test } from "node:test";
import { memory } from "docutray-webhook/idempotency";
import { written } from "./claims.mjs";
import { stoppedClock } from "./clock.mjs";

const FOLDER = new URL("../cases/claims/", import.meta.url);
const WITHOUT = { jumpsBack: "its clock is monotonic", forget: "its data ends with the store" };

for (const file of readdirSync(FOLDER).filter((file) => file.endsWith(".json"))) {
  suite(file, () => {
    for (const { name, needs, run } of JSON.parse(readFileSync(new URL(file, FOLDER), "utf8")).map(written)) {
      const skip = needs.map((ability) => WITHOUT[ability]).find((reason) => reason !== undefined);
      test(name, { skip }, async (t) => {
        const clock = stoppedClock(t);
        let store;
        await run({ standing: true, open: (options) => (store ??= memory(options)), shift: (seconds) => clock.pass(seconds) });
      });
    }
  });
}
