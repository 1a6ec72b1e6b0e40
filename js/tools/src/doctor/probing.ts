import { randomBytes } from "node:crypto";
import { bufferOf } from "../bytes.js";
import { rule } from "../rules.js";
import { request } from "../send/request.js";
import type { Answered, Diagnosis, Endpoint, Fields, Probe, ProbeRequest } from "../wire.js";
import { bodyWriter } from "./body-writer.js";

/** What is probed, and how. */
export interface Subject {
  /** Where the requests go. */
  readonly target: string;
  readonly secret: string;
  /** As registered. */
  readonly url: string;
  readonly timeoutMilliseconds: number;
  readonly allowRemote: boolean;
  readonly signal: AbortSignal;
}

/** A probe and what came of it. */
export interface Probed {
  readonly probe: Probe;
  readonly diagnosis: Diagnosis;
  readonly answers: readonly Answered[];
}

/** Sends the probes in their order. Unless the first one finds that a genuine delivery is accepted, the others are not sent. */
export async function* probed(subject: Subject): AsyncGenerator<Probed> {
  const run = randomBytes(4).toString("hex");
  let isSent: boolean = true;
  for (const [place, probe] of rule("doctorProbes", {}).entries()) {
    const { secret, url } = subject;
    const endpoint = { secret, url, run, now: Math.floor(Date.now() / 1000) };
    const answers: readonly Answered[] = isSent ? await answersTo(subject, probe, endpoint) : [];
    const diagnosis: Diagnosis = rule("doctorJudge", { probe: probe.name, endpoint, answers });
    yield { probe, diagnosis, answers };
    if (place === 0) {
      isSent = diagnosis.state !== "failed";
    }
  }
}

async function answersTo(subject: Subject, probe: Probe, endpoint: Endpoint): Promise<Answered[]> {
  const answers: Answered[] = [];
  let together: ProbeRequest[] = [];
  for (const next of rule("doctorRequests", { probe: probe.name, endpoint })) {
    together.push(next);
    if (!next.withNext) {
      answers.push(...(await Promise.all(together.map((each) => sent(subject, each)))));
      together = [];
    }
  }
  return answers;
}

async function sent(subject: Subject, { method, headers, body, padding, pace }: ProbeRequest): Promise<Answered> {
  const { target, timeoutMilliseconds, allowRemote, signal } = subject;
  const whole = Buffer.concat([bufferOf(body), Buffer.alloc(padding, " ")]);
  const framed: Fields = pace.how === "parts" && pace.isChunked ? [...headers, ["Transfer-Encoding", "chunked"]] : headers;
  return await request({ url: target, method, headers: framed, body: whole, write: bodyWriter(pace), timeoutMilliseconds, signal, allowRemote });
}
