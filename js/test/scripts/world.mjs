// A script's surroundings of the receiver: its store, its handler and its callbacks.
import { UnfitPayload } from "docutray-webhook";
import { webHandler } from "docutray-webhook/handler";
import { memory } from "docutray-webhook/idempotency";
import { SECRET, URL } from "../delivery.mjs";

/** Returns the seconds since the script began. */
export function elapsed() {
  return performance.now() / 1000;
}

export async function passed(seconds) {
  if (seconds > 0) {
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  }
}

/** Returns a script's receiver, with a trace of what happens around it and the records that it writes. */
export function world({ options = {}, store, handler, on_unfit, on_delivery }) {
  const trace = new Trace();
  const records = [];
  const work = handling(trace, steps(handler));
  const written = steps(on_delivery);
  const receiver = webHandler({
    secret: SECRET,
    url: options.url ?? URL,
    maxBody: options.max_body ?? 1024,
    deadline: options.deadline,
    bodyBudget: options.body_budget,
    on: { [options.on ?? "*"]: work },
    idempotency: scriptedStore(trace, store),
    onUnfit: on_unfit && keeping(trace, steps(on_unfit)),
    onDelivery(record) {
      records.push({ at: elapsed(), record });
      return play(written(), () => {});
    },
  });
  return { receiver, records, trace: trace.lines };
}

/** What happens, in order: `20 renew CONVERSION_STARTED:c_1 #1`. */
class Trace {
  lines = [];
  #tokens = [];

  note(...words) {
    this.lines.push([elapsed(), ...words].join(" "));
  }

  /** Numbers tokens in the order in which they are given out. */
  number(token) {
    if (!this.#tokens.includes(token)) {
      this.#tokens.push(token);
    }
    return `#${this.#tokens.indexOf(token) + 1}`;
  }
}

/** Returns the steps of successive calls. The last step repeats. */
function steps(list = [{}]) {
  let calls = 0;
  return () => list[Math.min(calls++, list.length - 1)];
}

/** Takes a step. Calls `does` if the step says nothing else. */
function play({ after = 0, then }, does) {
  if (then === "panics" && after === 0) {
    throw new Error("it throws at once");
  }
  return (async () => {
    await passed(after);
    switch (then) {
      case undefined:
        return does();
      case "fails":
      case "panics":
        throw new Error("it fails");
      case "hangs":
        return new Promise(() => {});
      case "answer lost":
        await does();
        throw new Error("its answer is lost");
      default:
        return given(then);
    }
  })();
}

/** Returns an answer of the store that a script gives, or throws what its handler says. */
function given(answer) {
  if (answer === "done") {
    return { state: "done" };
  }
  if (answer.busy !== undefined) {
    return { state: "busy", retryAfter: answer.busy };
  }
  if (answer.claimed !== undefined) {
    return { state: "claimed", token: answer.claimed, seenBefore: answer.seen_before ?? false };
  }
  if (answer.unfit !== undefined) {
    throw new UnfitPayload({ field: answer.unfit, expected: "something else" });
  }
  return "no_claim" in answer ? answer.no_claim : answer.is_ours;
}

function scriptedStore(trace, { lease = 60, ...methods } = {}) {
  const kept = memory({ lease });
  const withToken = (name) => {
    const next = steps(methods[name]);
    return (key, token) => {
      trace.note(name, key, trace.number(token));
      return play(next(), () => kept[name](key, token));
    };
  };
  const next = steps(methods.claim);
  return {
    lease,
    claim(key) {
      trace.note("claim", key);
      return play(next(), () => kept.claim(key));
    },
    renew: withToken("renew"),
    complete: withToken("complete"),
    release: withToken("release"),
  };
}

function handling(trace, next) {
  return ({ key }, { token, signal, seenBefore }) => {
    const claim = [key, trace.number(token)];
    trace.note("handle", ...claim, ...(seenBefore ? ["seen before"] : []));
    const lost = new Promise((resolve) => signal.addEventListener("abort", resolve));
    lost.then(() => trace.note("lost", ...claim));
    const step = next();
    return step.then === "until lost" ? lost : play(step, () => {});
  };
}

function keeping(trace, next) {
  return ({ code }) => {
    trace.note("keep", code);
    return play(next(), () => {});
  };
}
