import { DOCUTRAY_WAITS } from "../../../src/generated/limits.js";
import { command } from "../command.js";
import { report } from "../doctor/report.js";
import { probed, type Subject } from "../doctor/probing.js";
import { CommandError, EXIT, misused, type Exit } from "../exit.js";
import { rule } from "../rules.js";
import { targetFault } from "../send/target.js";
import type { Answered, Diagnosis } from "../wire.js";

export const doctor = command({
  name: "doctor",
  summary: "check a running endpoint: genuine deliveries, retries, forgeries, odd requests",
  operands: [{ name: "URL", summary: "where the endpoint listens", required: true }],
  options: {
    secret: { type: "text", value: "SECRET", summary: "the webhook's secret", secret: true, required: true },
    url: { type: "text", value: "URL", summary: "the URL as registered with Docutray, which is signed; by default the operand" },
    timeout: {
      type: "number",
      value: "SECONDS",
      summary: `how long an answer may take; Docutray waits ${DOCUTRAY_WAITS} seconds`,
      default: DOCUTRAY_WAITS,
      minimum: 1,
      maximum: DOCUTRAY_WAITS,
    },
    "allow-remote": { type: "flag", summary: "send over plain http to another machine, too" },
  },
  examples: [
    { line: "docutray-webhook doctor http://localhost:8080/hooks", does: "check an endpoint on this machine" },
    {
      line: "docutray-webhook doctor http://localhost:8080/hooks --url https://example.com/hooks --json",
      does: "the same for a registered URL, one line of JSON for each check",
    },
  ],
  async run({ operands, options, terminal, signal }) {
    const [target = ""] = operands;
    const { secret, url = target, timeout, "allow-remote": allowRemote } = options;
    const fault = targetFault(target);
    if (fault !== undefined) {
      throw misused(`doctor cannot check this URL: ${fault}`);
    }
    terminal.say(
      "The doctor sends about 20 events that the endpoint should process, so let it be one for tests. Their ids begin with doctor_. If forgeries are accepted, they are processed, too.",
    );
    const subject: Subject = { target, secret, url, timeoutMilliseconds: timeout * 1000, allowRemote, signal };
    const diagnoses: Diagnosis[] = [];
    const write = report(terminal);
    for await (const { probe, diagnosis, answers } of probed(subject)) {
      if (diagnoses.length === 0) {
        throwIfUnreachable(answers);
      }
      diagnoses.push(diagnosis);
      write.diagnosis(probe, diagnosis);
    }
    const examination = rule("doctorSummary", diagnoses.map(({ state, code }) => (code === undefined ? { state } : { state, code })));
    write.summary(examination);
    return exitOf(examination.failed);
  },
});

function exitOf(failed: number): Exit {
  return failed === 0 ? EXIT.fine : EXIT.bad;
}

/** Without a connection, nothing was checked. */
function throwIfUnreachable(answers: readonly Answered[]): void {
  for (const answer of answers) {
    if ("failure" in answer && answer.failure === "notAllowed") {
      throw misused(answer.message);
    }
    if ("failure" in answer && (answer.failure === "refused" || answer.failure === "dns" || answer.failure === "tls")) {
      throw new CommandError(EXIT.unreachable, `the endpoint cannot be reached: ${answer.message}`);
    }
  }
}
