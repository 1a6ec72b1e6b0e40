import { beginning, bufferOf, bytesOf } from "../bytes.js";
import type { Deliver } from "../emulator/driver.js";
import { ANSWER_WITHIN } from "../send/schedule.js";
import type { Answered } from "../wire.js";

/** A receiver in the test's own process: `webHandler(...)`, `app.fetch`. */
export type FetchHandler = (request: Request) => Response | Promise<Response>;

/** The most bytes of an answer that are read. */
const MOST_READ = 64 * 1024;

/** Calls a receiver in place of a request over HTTP. */
export function toFetch(receive: FetchHandler): Deliver {
  return async ({ url, headers, body }, closing) => {
    const started = performance.now();
    const end = new AbortController();
    const timer = setTimeout(() => end.abort(), ANSWER_WITHIN).unref();
    const aborted = () => end.abort();
    closing.addEventListener("abort", aborted);
    const milliseconds = () => performance.now() - started;
    const init = { method: "POST", headers: headers.map(([name, value]): [string, string] => [name, value]), body: Uint8Array.from(bufferOf(body)), signal: end.signal };
    try {
      const answer = await orAborted(end.signal, async () => await read(await receive(new Request(url, init))));
      return { ...answer, milliseconds: milliseconds() };
    } catch (error) {
      const failure = end.signal.aborted ? "timeout" : "reset";
      const message = end.signal.aborted ? `no complete answer within ${ANSWER_WITHIN / 1_000} s` : `the receiver threw: ${String(error)}`;
      return { failure, message, milliseconds: milliseconds() };
    } finally {
      clearTimeout(timer);
      closing.removeEventListener("abort", aborted);
    }
  };
}

async function read(response: Response): Promise<Omit<Extract<Answered, { status: number }>, "milliseconds">> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  // `for await` over a stream is not in every host's types.
  const reader = response.body?.getReader();
  while (reader !== undefined && length <= MOST_READ) {
    const { value, done } = await reader.read();
    if (done) {
      break;
    }
    chunks.push(value);
    length += value.length;
  }
  const bodyTruncated = length > MOST_READ;
  if (bodyTruncated) {
    await reader?.cancel();
  }
  const body = bytesOf(beginning(Buffer.concat(chunks), MOST_READ));
  return { status: response.status, headers: [...response.headers], body, ...(bodyTruncated && { bodyTruncated }) };
}

/** A receiver that never answers holds up nobody longer than Docutray would wait. */
async function orAborted<Value>(signal: AbortSignal, act: () => Promise<Value>): Promise<Value> {
  return await new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    act().then(resolve, reject);
  });
}
