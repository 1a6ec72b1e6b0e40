// Runs the cases of tests/cases/claims (see the README there) on a host's store. Uses nothing of a test runner.
import assert from "node:assert/strict";

/** The longest total time of a case, in seconds, on a host whose clock runs by itself. */
const SLACK = 600;
/** The lease of a case that does not set one, in seconds. */
const LEASE = 3600;

/** Turns a case into one of the contract: its name, what the host must be able to do, and how to run it. */
export function written({ name, lines, ...options }) {
  const passes = lines.filter((line) => line.startsWith("pass "));
  const needs = {
    shift: passes.length > 0,
    jumpsBack: passes.some((line) => line.startsWith("pass -")),
    forget: lines.includes("forget"),
  };
  return {
    name,
    needs: Object.keys(needs).filter((ability) => needs[ability]),
    run: (host) => plays(host, lines, { lease: LEASE, ...options }),
  };
}

async function plays(host, lines, options) {
  // Two workers that take turns.
  const workers = [host.open(options), host.open(options)];
  const run = { workers, tokens: [], last: new Map(), own: crypto.randomUUID() };
  let ahead = 0;
  try {
    for (const [place, line] of lines.entries()) {
      const [asked, expected] = line.split(": ");
      const [method, ...words] = asked.split(" ");
      if (method === "pass") {
        ahead += Number(words[0]);
        await host.shift(Number(words[0]));
      } else if (method === "forget") {
        await host.forget();
      } else {
        isAnswered(host, await answer(run, workers[place % 2], method, words), expected, `line ${place + 1}, ${line}`);
      }
    }
  } finally {
    if (ahead !== 0 && !host.standing) {
      await host.shift(-ahead);
    }
  }
}

async function answer(run, store, method, [name, token]) {
  const key = `${name}:${run.own}`;
  if (method !== "claim") {
    return (await store[method](key, numbered(run, token))) ? "yes" : "no";
  }
  let claim;
  try {
    claim = await store.claim(key);
  } catch {
    return "fails";
  }
  return claimed(run, key, claim);
}

function claimed({ tokens, last }, key, { state, ...claim }) {
  const members = { claimed: ["seenBefore", "token"], busy: ["retryAfter"], done: [] };
  assert.deepEqual(Object.keys(claim).sort(), members[state]);
  if (state !== "claimed") {
    return state === "busy" ? `busy ${claim.retryAfter}` : state;
  }
  const { token, seenBefore } = claim;
  assert.ok(Number.isSafeInteger(token) && token > (last.get(key) ?? 0), `${token} after ${last.get(key)}`);
  last.set(key, token);
  tokens.push(token);
  return `#${tokens.length}${seenBefore ? " seen before" : ""}`;
}

/** Returns a token: `#2` is the second one that was given out, `#2+1` is one more, and `1` is itself. */
function numbered({ tokens }, text) {
  const [, number, more] = /^#(\d+)([+-]1)?$/.exec(text) ?? [];
  return number === undefined ? Number(text) : tokens[number - 1] + Number(more ?? 0);
}

/** Compares an answer. If the clock runs by itself, a lease may have less left than written. */
function isAnswered({ standing }, answer, expected, line) {
  const [left, most] = [answer, expected].map((text) => /^busy (\d+)$/.exec(text)?.[1]);
  if (standing || left === undefined || most === undefined) {
    assert.equal(answer, expected, line);
  } else {
    assert.ok(Number(left) >= 1 && Number(left) <= most && Number(left) > most - SLACK, `${answer} on ${line}`);
  }
}
