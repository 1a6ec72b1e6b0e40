import type { Terminal } from "../command.js";
import type { Examination, Diagnosis, Probe } from "../wire.js";

const MARKS = {
  passed: ["good", "ok  "],
  unseen: ["dim", "?   "],
  warning: ["warn", "warn"],
  failed: ["bad", "FAIL"],
  skipped: ["dim", "-   "],
} as const;
const INDENT = "       ";
const WIDTH = 100;

export interface Report {
  diagnosis(probe: Probe, diagnosis: Diagnosis): void;
  summary(examination: Examination): void;
}

/** Writes a checklist, each line as soon as it is known. */
export function report(terminal: Terminal): Report {
  let group: string | undefined;
  return {
    diagnosis(probe, diagnosis) {
      // Without an object of its own, a heading would be a line between two of JSON.
      const heading = probe.group === group ? "" : `${group === undefined ? "" : "\n"}${terminal.paint("bold", probe.group)}\n`;
      group = probe.group;
      terminal.data(`${heading}${lines(terminal, diagnosis)}`, { type: "diagnosis", ...diagnosis });
    },
    summary(examination) {
      const { note } = examination;
      const noted = note === undefined ? "" : `\n\n${wrapped(note, "").join("\n")}`;
      terminal.data(`\n${counts(examination)}${noted}`, { type: "summary", ...examination });
    },
  };
}

function lines(terminal: Terminal, { state, code, title, why, advice, answers }: Diagnosis): string {
  const [style, mark] = MARKS[state];
  const time = state === "passed" ? terminal.paint("dim", ` ${slowest(answers)}`) : "";
  const first = `  ${terminal.paint(style, mark)} ${title}${time}`;
  if (state === "passed" || state === "skipped") {
    return first;
  }
  const named = code === undefined ? "" : ` ${terminal.paint("dim", `[${code}]`)}`;
  const reasons = [...wrapped(why, INDENT), ...(advice === undefined ? [] : wrapped(advice, INDENT))];
  return [`${first}${named}`, ...reasons].join("\n");
}

function slowest(answers: Diagnosis["answers"]): string {
  return `${Math.round(Math.max(...answers.map(({ milliseconds }) => milliseconds)))} ms`;
}

function counts({ passed, warnings, failed, unseen, skipped }: Examination): string {
  const not = skipped === 0 ? "" : `, ${skipped} not tried`;
  return `${passed} passed, ${failed} failed, ${warnings} warnings, ${unseen} cannot be seen from outside${not}`;
}

function wrapped(text: string, indent: string): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && indent.length + line.length + 1 + word.length > WIDTH) {
      lines.push(indent + line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, indent + line];
}
