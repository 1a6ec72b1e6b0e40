import { bytesOf } from "../bytes.js";
import { command } from "../command.js";
import { EXIT, misused } from "../exit.js";
import { readInput } from "../input.js";
import { rule } from "../rules.js";
import { readHead } from "../verify/head.js";
import { showExplanation } from "../verify/shown.js";

export const verify = command({
  name: "verify",
  summary: "explain why a captured delivery is verified, or why not",
  operands: [],
  options: {
    headers: { type: "text", value: "FILE|-", required: true, summary: "its headers: the head of an HTTP message, lines of `Name: value`, or JSON; `-` is stdin" },
    body: { type: "text", value: "FILE|-", required: true, summary: "its body, every byte as it came; `-` is stdin" },
    secret: { type: "list", value: "SECRET", required: true, secret: true, summary: "the webhook's secret; better in the environment, or asked for, because others can read a command line" },
    url: { type: "text", value: "URL", summary: "the URL as it is registered with Docutray, which is signed; without it, the metadata is not checked" },
    now: { type: "number", value: "SECONDS", whole: true, minimum: 0, summary: "the Unix time at which it came; without it, the present" },
    tolerance: { type: "number", value: "SECONDS", whole: true, minimum: 1, maximum: 86_400, default: 300, summary: "how far its timestamp may be from that time" },
    "max-body": { type: "number", value: "BYTES", whole: true, minimum: 0, default: 16 * 1024 * 1024, summary: "the largest body that is accepted" },
  },
  examples: [
    {
      line: "docutray-webhook verify --headers head.txt --body body.json --url https://example.com/hooks --now 1705314600",
      does: "Asks for the secret, and shows each step. If a signature does not match, it tries the usual mistakes and names the one that fits.",
    },
  ],
  run: async ({ options, terminal, signal }) => {
    const { headers, body, secret, url, tolerance, now = Math.floor(Date.now() / 1000) } = options;
    if (headers === "-" && body === "-") {
      throw misused("--headers and --body cannot both be stdin");
    }
    const head = readHead((await readInput(headers, signal)).toString("utf8"));
    const bytes = bytesOf(await readInput(body, signal));
    const explanation = rule("explain", {
      headers: head.fields,
      body: bytes,
      secrets: secret,
      now,
      tolerance,
      maxBody: options["max-body"],
      ...(url === undefined ? {} : { url }),
      ...(head.target === undefined ? {} : { target: head.target }),
    });
    showExplanation(terminal, explanation);
    return explanation.verdict === "verified" ? EXIT.fine : EXIT.bad;
  },
});
