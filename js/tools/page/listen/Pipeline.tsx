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
          <h3>{error.code}</h3>
          <p>
            <bdi>{withoutCode(error)}</bdi>
          </p>
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

/** The core's message begins with the code. */
function withoutCode({ code, message }: NonNullable<Explanation["error"]>): string {
  return message.startsWith(`${code}: `) ? message.slice(code.length + 2) : message;
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
