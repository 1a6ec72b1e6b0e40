// Promise: whatever a caller passes to the package, only documented errors leave it, the verdict is that of the values passed, and the
// next genuine delivery passes.
//
// BOUNDARY_MINUTES draws new plans for so long. Otherwise the plans are the same in each run. A plan that breaks the promise is
// written to tests/fuzz/findings/boundary, where it stays as a case once the fault is mended.
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite, test } from "node:test";
import fc from "fast-check";
import * as plans from "./plans.mjs";
import { anything, sameVerdict, underPressure } from "./promises.mjs";

const FINDINGS = join(process.env.REPOSITORY, "tests/fuzz/findings/boundary");
const minutes = Number(process.env.BOUNDARY_MINUTES ?? 0);
const TARGETS = {
  anything: { plan: plans.anything, run: anything, quick: 3_000, share: 0.4 },
  sameVerdict: { plan: plans.sameDelivery, run: sameVerdict, quick: 500, share: 0.4 },
  underPressure: { plan: plans.pressure, run: underPressure, quick: 5, share: 0.2 },
};

function settings({ quick, share }) {
  if (minutes === 0) {
    return { seed: 14, numRuns: quick };
  }
  return { seed: Date.now() % 2 ** 31, numRuns: 2 ** 31 - 1, interruptAfterTimeLimit: 60_000 * minutes * share };
}

suite("random plans", () => {
  for (const [name, target] of Object.entries(TARGETS)) {
    test(name, async (context) => {
      const drawn = settings(target);
      const property = fc.asyncProperty(target.plan, async (plan) => {
        await target.run(plan);
      });
      const found = await fc.check(property, { ...drawn, endOnFailure: false });
      context.diagnostic(`${name}: ${found.numRuns} plans`);
      if (found.failed && found.counterexample !== null) {
        mkdirSync(FINDINGS, { recursive: true });
        const file = join(FINDINGS, `${name}-${found.seed}.json`);
        writeFileSync(file, `${JSON.stringify(found.counterexample[0])}\n`);
        assert.fail(`seed ${found.seed}, kept as ${file}: ${found.errorInstance?.stack}`);
      }
    });
  }
});

suite("findings", () => {
  for (const file of findings()) {
    test(file, async () => {
      const target = TARGETS[file.split("-")[0]];
      await target.run(JSON.parse(readFileSync(join(FINDINGS, file), "utf8")));
    });
  }
});

function findings() {
  try {
    return readdirSync(FINDINGS);
  } catch {
    // Nothing was found yet.
    return [];
  }
}
