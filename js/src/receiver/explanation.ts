import { rawBody, type Body } from "../body.js";
import { WebhookError } from "../error.js";
import { EXPLANATION_WAIT, LARGEST_EXPLAINED, LOG_PAUSE } from "../generated/limits.js";
import { Pieces } from "../pieces.js";
import { encoder } from "../utf8.js";
import type { Verifier } from "../verifier.js";
import type { BodyBudget, Share } from "./body-budget.js";
import type { Incoming } from "./incoming.js";
import { monotonic, within } from "./time.js";

const CODE = "auth_signature_mismatch";

/**
 * Explains why a delivery's metadata is not authentic, by its body: if the body is signed with a configured secret, the URL differs,
 * and otherwise the secret. That is for the operator's log.
 *
 * Anybody may have sent that body, and it would otherwise be left unread. So at most one a minute is read, up to 64 KiB and for at
 * most a second.
 */
export class Explanation {
  #last = -Infinity;

  constructor(private readonly budget: BodyBudget) {}

  /**
   * @param deadline - By the monotonic clock, in seconds.
   * @returns The same error, with a better message if there is one.
   */
  async of(error: unknown, verifier: Verifier, incoming: Incoming, chunks: () => AsyncIterable<Body>, deadline: number): Promise<unknown> {
    const now = monotonic();
    const most = Math.min(LARGEST_EXPLAINED, verifier.maxBody);
    const isMismatch = error instanceof WebhookError && error.code === CODE;
    if (!isMismatch || now - this.#last < LOG_PAUSE || Number(incoming.contentLength) > most) {
      return error;
    }
    const share = this.budget.share();
    try {
      share.take(most);
      this.#last = now;
      const body = await within(Math.min(deadline - now, EXPLANATION_WAIT), whole(chunks(), share, most), () => undefined);
      if (body !== undefined) {
        verifier.verify(incoming.headers, body);
      }
    } catch (better) {
      if (better instanceof WebhookError) {
        return better;
      }
    } finally {
      share.end();
    }
    return error;
  }
}

/** Returns a body, or nothing if it is too large or is not needed any more. */
async function whole(chunks: AsyncIterable<Body>, share: Share, most: number): Promise<Uint8Array | undefined> {
  const pieces = new Pieces();
  for await (const chunk of chunks) {
    const raw = rawBody(chunk);
    const bytes = typeof raw === "string" ? encoder.encode(raw) : raw;
    if (share.ended || pieces.length + bytes.length > most) {
      return undefined;
    }
    pieces.add(bytes);
  }
  return pieces.joined();
}
