import { printable } from "../terminal/printable.js";
import type { Terminal } from "../terminal/terminal.js";
import type { ExplainedStep, Explanation } from "../wire.js";

const STATES = { passed: ["good", "ok"], failed: ["bad", "failed"], notReached: ["dim", "-"] } as const satisfies Record<ExplainedStep["state"], unknown>;

/** The verdict, the steps that led to it, and what to do. */
export function showExplanation(terminal: Terminal, explanation: Explanation): void {
  const { verdict, steps, error, mistake } = explanation;
  const result = terminal.paint(verdict === "verified" ? "good" : "bad", verdict);
  const about = [error?.code, error?.field, explanation.event, explanation.key].filter((each) => each !== undefined);
  terminal.data([result, ...about.map((each) => printable(each))].join("  "), { type: "explanation", ...explanation });
  if (terminal.json) {
    return;
  }
  for (const { step, state, finding } of steps) {
    const [, word] = STATES[state];
    terminal.say(`  ${word.padEnd(6)}  ${step.padEnd(9)}  ${printable(finding)}`);
  }
  if (error !== undefined) {
    terminal.say(`\n${printable(error.message)}`);
  }
  if (mistake !== undefined) {
    terminal.say(`\nwhat fits (${mistake.name}): ${printable(mistake.advice)}`);
  }
}
