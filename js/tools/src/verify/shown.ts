import { printable } from "../terminal/printable.js";
import type { Terminal } from "../terminal/terminal.js";
import type { ExplainedStep, Explanation } from "../wire.js";

const STATES: Record<ExplainedStep["state"], string> = { passed: "ok", failed: "failed", skipped: "skipped", notReached: "-" };

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
    terminal.say(`  ${STATES[state].padEnd(7)}  ${step.padEnd(9)}  ${printable(finding)}`);
  }
  if (error !== undefined) {
    terminal.say(`\n${printable(error.message)}`);
  }
  if (mistake !== undefined) {
    terminal.say(`\nwhat fits (${mistake.name}): ${printable(mistake.advice)}`);
  }
}
