import { misused } from "../exit.js";
import { rule, RuleFault } from "../rules.js";
import { targetFault } from "../send/target.js";
import type { ScriptedAnswer } from "../wire.js";
import { isAnswer } from "./bodies.js";

export interface Settings {
  /** The newest first. Never shown. */
  readonly secrets: readonly string[];
  /** The registered URL. Without one it is the address to which a delivery came. */
  readonly url: string | undefined;
  readonly forward: URL | undefined;
  /** Whether deliveries may be forwarded to another machine. */
  readonly allowRemote: boolean;
  readonly answer: ScriptedAnswer["answer"] | undefined;
}

/** What the command line says. */
export interface ListenOptions {
  readonly secret: string;
  readonly "secret-old": string | undefined;
  readonly url: string | undefined;
  readonly forward: string | undefined;
  readonly "allow-remote": boolean;
  readonly answer: string | undefined;
}

/** Checks the options. @throws {CommandError} `usage`. */
export function settingsOf(options: ListenOptions): Settings {
  const { secret, "secret-old": old, url, forward, "allow-remote": allowRemote, answer } = options;
  if (forward !== undefined && answer !== undefined) {
    throw misused("--answer and --forward exclude each other: with --forward, the developer's server answers. POST /api/answers replaces single answers");
  }
  const secrets = old === undefined ? [secret] : [secret, old];
  checkVerifier(secrets, url ?? "http://127.0.0.1/");
  return { secrets, url, forward: forward === undefined ? undefined : forwardOf(forward, allowRemote), allowRemote, answer: answerOf(answer) };
}

/** The core says whether it takes them. */
function checkVerifier(secrets: readonly string[], url: string): void {
  try {
    rule("rightAnswer", { method: "POST", headers: [], body: { text: "" }, now: 0, secrets, url });
  } catch (error) {
    throw error instanceof RuleFault ? misused(`--${error.field === "url" ? "url" : "secret"}: ${error.message}`) : error;
  }
}

function forwardOf(text: string, allowRemote: boolean): URL {
  const fault = targetFault(text);
  if (fault !== undefined) {
    throw misused(`--forward: ${fault}`);
  }
  const url = new URL(text);
  if (!allowRemote && !isLocal(url)) {
    throw misused(`--forward leads to ${url.host}, another machine, which then gets the documents' data: allow it with --allow-remote`);
  }
  return url;
}

/** Whether a URL leads to this port of this machine. */
export function leadsTo(url: URL, port: number): boolean {
  // `URL` leaves out the port that its protocol has by default.
  const named = url.port || (url.protocol === "https:" ? "443" : "80");
  return isLocal(url) && named === String(port);
}

/** Whether a URL leads to this machine, by its host's name. */
function isLocal({ host }: URL): boolean {
  return rule("isThisMachine", { host });
}

function answerOf(text: string | undefined): ScriptedAnswer["answer"] | undefined {
  const answer = text !== undefined && /^\d{3}$/.test(text) ? Number(text) : text;
  if (answer !== undefined && !isAnswer(answer)) {
    throw misused("--answer takes a status from 200 to 599, hang, or reset");
  }
  return answer;
}
