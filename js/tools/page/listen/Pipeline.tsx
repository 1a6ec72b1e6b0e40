import type { ExplainedStep, Explanation } from "../../src/wire.js";
import { STEPS } from "./verdicts.js";

const STATES = {
  passed: { sign: "✓", title: "Passed" },
  failed: { sign: "✗", title: "Failed" },
  skipped: { sign: "–", title: "Skipped" },
  notReached: { sign: "–", title: "Not reached" },
} as const;

/** The steps of a verification in their order, and why it ended where it did. */
export function Pipeline({ explanation: { steps, error, mistake } }: { readonly explanation: Explanation }) {
  return (
    <>
      {error !== undefined && (
        <div class="callout">
          <p>
            <code>{error.code}</code>
            {error.field !== undefined && (
              <>
                {" "}
                in <bdi class="url">{error.field}</bdi>
              </>
            )}
          </p>
          <p>{error.message}</p>
        </div>
      )}
      {mistake !== undefined && (
        <div class="callout advice">
          <h3>What is likely wrong</h3>
          <p>{mistake.advice}</p>
        </div>
      )}
      <h3>Verification, step by step</h3>
      <ol class="pipeline">
        {steps.map((step) => (
          <Step key={step.step} step={step} />
        ))}
      </ol>
    </>
  );
}

function Step({ step: { step, state, finding } }: { readonly step: ExplainedStep }) {
  const { sign, title } = STATES[state];
  return (
    <li class={state}>
      <span class="sign" aria-hidden="true">
        {sign}
      </span>
      <div>
        <p>
          <strong>{STEPS[step]}</strong> <span class="unseen">{title}</span>
        </p>
        <p class="hint">{finding}</p>
      </div>
    </li>
  );
}
