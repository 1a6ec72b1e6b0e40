import { bufferOf } from "../bytes.js";
import { EXIT } from "../exit.js";
import { printable } from "../terminal/printable.js";
import type { Terminal } from "../terminal/terminal.js";
import type { Answered, Bytes, Fields } from "../wire.js";
import type { Judgement } from "./judgement.js";
import type { Outgoing } from "./outgoing.js";

/** How many characters of a body are shown. */
const SHOWN = 1000;
const INDENT = "    ";
const NOTHING: Bytes = { text: "" };

export interface Sent {
  readonly delivery: Outgoing;
  readonly url: string;
  readonly to: string;
  /** From 1. */
  readonly attempt: number;
}

export function showRequest(terminal: Terminal, { delivery, url, to, attempt }: Sent): void {
  if (terminal.json) {
    return;
  }
  const { event, headers, body, forgery } = delivery;
  const details = [event, `${bufferOf(body).length} bytes`, ...(attempt > 1 ? [`attempt ${attempt}`] : []), ...(forgery === undefined ? [] : [forgery.title])];
  terminal.say(`--> POST ${printable(to)}  ${printable(details.join(", "))}`);
  if (url !== to) {
    terminal.say(`${INDENT}signed for ${printable(url)}`);
  }
  // The next attempts have the same body.
  showMessage(terminal, headers, attempt === 1 ? body : NOTHING);
}

export function showAnswer(terminal: Terminal, sent: Sent, answer: Answered, { exit, warnings }: Judgement): void {
  const { delivery, url, to, attempt } = sent;
  const { event, requestId, headers, body, forgery } = delivery;
  const style = exit === EXIT.fine ? "good" : "bad";
  const result = "status" in answer ? String(answer.status) : answer.failure;
  terminal.data(`<-- ${terminal.paint(style, result)} in ${answer.milliseconds} ms  ${printable(event)} ${requestId}`, {
    type: "delivery",
    event,
    requestId,
    attempt,
    url,
    to,
    request: { headers, body },
    ...(forgery === undefined ? {} : { forgery }),
    answer,
    good: exit === EXIT.fine,
    warnings,
  });
  if ("status" in answer) {
    if (!terminal.json) {
      showMessage(terminal, answer.headers, answer.body);
    }
  } else {
    terminal.say(`${INDENT}${answer.failure}: ${printable(answer.message)}`);
  }
  for (const warning of warnings) {
    terminal.say(`warning: ${printable(warning)}`);
  }
}

function showMessage(terminal: Terminal, headers: Fields, body: Bytes): void {
  for (const [name, value] of headers) {
    terminal.say(`${INDENT}${printable(`${name}: ${value}`)}`);
  }
  terminal.say("");
  const text = shownBody(body);
  if (text !== "") {
    terminal.say(text.replace(/^/gm, INDENT));
    terminal.say("");
  }
}

function shownBody(body: Bytes): string {
  if (!("text" in body)) {
    return `(${bufferOf(body).length} bytes that are no text)`;
  }
  const { text } = body;
  const rest = text.length > SHOWN ? `\n... and ${text.length - SHOWN} more characters` : "";
  return printable(text.slice(0, SHOWN), { lines: true }) + rest;
}
