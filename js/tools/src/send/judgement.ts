import { EXIT, type Exit } from "../exit.js";
import type { Answered, Forgery } from "../wire.js";
import { ANSWER_WITHIN } from "./schedule.js";

/** What an answer is worth. */
export interface Judgement {
  readonly exit: Exit;
  /** For people. */
  readonly warnings: readonly string[];
}

/** In milliseconds. The number is ours: Docutray asks for a quick answer, and ends its wait after 30 s. */
const SLOW = 5000;
/** Some receivers keep such deliveries without processing them, and answer 2xx. */
const UNFIT = ["malformed_payload", "event_mismatch"];

export function judge(answer: Answered, forgery: Forgery | undefined): Judgement {
  if ("failure" in answer) {
    return { exit: exitOf(answer.failure), warnings: [] };
  }
  const judgement = forgery === undefined ? genuine(answer.status) : forged(answer.status, forgery);
  return { ...judgement, warnings: [...judgement.warnings, ...slowness(answer.milliseconds)] };
}

function exitOf(failure: Extract<Answered, { failure: unknown }>["failure"]): Exit {
  switch (failure) {
    case "refused":
    case "dns":
    case "tls":
      return EXIT.unreachable;
    case "notAllowed":
      return EXIT.usage;
    case "reset":
    case "timeout":
      return EXIT.bad;
  }
}

function genuine(status: number): Judgement {
  if (isSuccess(status)) {
    return { exit: EXIT.fine, warnings: [] };
  }
  const redirect = status >= 300 && status < 400 ? ", and a redirect is not followed" : "";
  return { exit: EXIT.bad, warnings: [`Docutray would send it again: only 200 to 299 is success${redirect}`] };
}

function forged(status: number, { title, code }: Forgery): Judgement {
  const should = `this delivery is forged (${title}), and a right receiver refuses it: ${code}`;
  if (isSuccess(status)) {
    return UNFIT.includes(code)
      ? { exit: EXIT.fine, warnings: [`${should}. An answer of 2xx is right only if the endpoint keeps it and does not process it`] }
      : { exit: EXIT.bad, warnings: [`accepted, but ${should}`] };
  }
  return status >= 400 && status < 500
    ? { exit: EXIT.fine, warnings: [] }
    : { exit: EXIT.bad, warnings: [`${should}, with a status of 400 to 499`] };
}

function slowness(milliseconds: number): readonly string[] {
  return milliseconds < SLOW ? [] : [`slow: Docutray waits at most ${ANSWER_WITHIN / 1000} s. Answer first, and do the work afterwards`];
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}
