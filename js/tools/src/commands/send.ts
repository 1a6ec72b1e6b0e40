import { command } from "../command.js";
import { chosen } from "../command-line/value.js";
import { EXIT, misused, type Exit } from "../exit.js";
import { readInput } from "../input.js";
import { rule } from "../rules.js";
import { hintsOn } from "../send/hints.js";
import { ownPayload, samples, signed, type Payload, type Signing } from "../send/outgoing.js";
import { pauses } from "../send/schedule.js";
import { Sender } from "../send/sender.js";
import { targetFault } from "../send/target.js";
import type { Edit, FailedError } from "../wire.js";

const sampleNames = () => rule("samples", {}).map(({ name }) => name);

/** In seconds, 31 years: a time further back may be before 1970, where Unix time begins. */
const OLDEST = 1_000_000_000;

export const send = command({
  name: "send",
  summary: "sign a payload as Docutray does, and send it",
  operands: [
    {
      name: "EVENT",
      summary: "a sample, or with --payload the name of an event; several are sent one after the other, with the same id",
      required: true,
      many: true,
      get suggestions() {
        return sampleNames();
      },
    },
  ],
  options: {
    to: { type: "text", value: "URL", required: true, summary: "where to send it" },
    secret: { type: "text", value: "SECRET", required: true, secret: true, summary: "the webhook's secret; better in the environment, or asked for, because others can read a command line" },
    url: { type: "text", value: "URL", summary: "the URL as it is registered with Docutray, which is signed; without it, that of --to" },
    payload: { type: "text", value: "FILE|-", summary: "send the bytes of this file, or of stdin, and no sample" },
    set: { type: "list", value: "PATH=VALUE", summary: "another value in the payload, as in data.lines[0].price=12.50; what is no JSON is a string" },
    "failed-error": { type: "text", value: "FORM", choices: ["string", "object", "none"], default: "string", summary: "the form of the error in a failed event, which Docutray does not document" },
    age: { type: "number", value: "SECONDS", whole: true, minimum: -OLDEST, maximum: OLDEST, default: 0, summary: "sign it as if it were so old; negative: so far ahead" },
    repeat: { type: "number", value: "COUNT", whole: true, minimum: 1, maximum: 10_000, default: 1, summary: "send the same delivery so often" },
    tamper: {
      type: "text",
      value: "HOW",
      summary: "forge it; then an answer of 4xx is right",
      get choices() {
        return rule("forgeries", {}).map(({ name }) => name);
      },
    },
    retries: { type: "flag", summary: "try again after 30 s, 1 min, 5 min, 15 min and 1 h if the answer is no 2xx, each time with a new request id and time" },
    speed: { type: "number", value: "FACTOR", minimum: 0.01, maximum: 1_000_000, default: 1, summary: "how much faster the retries come" },
    "allow-remote": { type: "flag", summary: "allow plain http to another machine" },
  },
  examples: [
    { line: "docutray-webhook send CONVERSION_COMPLETED --to http://localhost:3000/hooks", does: "Asks for the secret, and sends a sample." },
    { line: "docutray-webhook send STEP_STARTED STEP_COMPLETED --to http://localhost:3000/hooks --url https://example.com/hooks", does: "Sends two events of one step, signed for the URL that is registered." },
    { line: "docutray-webhook send CONVERSION_COMPLETED --to http://localhost:3000/hooks --tamper body", does: "Sends a forged delivery. The exit code is 0 if it is refused." },
  ],
  run: async ({ operands, options, terminal, signal }) => {
    const { to, url = to, age, tamper, retries, speed, repeat } = options;
    checkUrl("--to", to);
    checkUrl("--url", url);
    if (retries && tamper !== undefined) {
      throw misused("--retries and --tamper exclude each other: a forged delivery should fail");
    }
    const payloads = await payloadsOf(operands, options, signal);
    hintsOn(url, to).forEach((hint) => terminal.say(`hint: ${hint}`));
    const signing: Signing = { secret: options.secret, url, age, tamper };
    const sender = new Sender({ terminal, signal, to, url, allowRemote: options["allow-remote"] });
    const retryPauses = retries ? pauses().map((seconds) => seconds / speed) : [];
    let worst: Exit = EXIT.fine;
    for (const payload of payloads) {
      const delivery = signed(payload, signing);
      for (let count = 0; count < repeat; count += 1) {
        const exit = await sender.deliver(delivery, () => signed(payload, signing), retryPauses);
        worst = exit > worst ? exit : worst;
      }
    }
    return worst;
  },
});

function checkUrl(named: string, url: string): void {
  const fault = targetFault(url);
  if (fault !== undefined) {
    throw misused(`${named}: ${fault}`);
  }
}

interface PayloadOptions {
  readonly payload: string | undefined;
  readonly set: readonly string[];
  readonly "failed-error": string;
}

async function payloadsOf(names: readonly string[], options: PayloadOptions, signal: AbortSignal): Promise<readonly Payload[]> {
  const { payload } = options;
  const edits = options.set.map(editOf);
  if (payload === undefined) {
    const known = sampleNames();
    names.forEach((name) => chosen(known, name, "EVENT"));
    return samples(names, options["failed-error"] as FailedError, edits);
  }
  const [event = "", ...others] = names;
  if (others.length > 0) {
    throw misused("--payload is one event, and more than one EVENT stands there");
  }
  return [ownPayload(event, await readInput(payload, signal), edits)];
}

function editOf(text: string): Edit {
  const at = text.indexOf("=");
  if (at < 1) {
    throw misused("--set needs a path and a value: --set data.lines[0].price=12.50");
  }
  return { path: text.slice(0, at), value: text.slice(at + 1) };
}
