/**
 * What a worker gets for an event it wants to process.
 *
 * - `claimed`: it is this worker's until the lease ends. `token` is the fencing token: of two claims of one key the later
 *   has the greater, so a database that remembers the greatest can refuse a worker whose lease has ended. `seenBefore`
 *   says that the event was claimed before and not completed.
 * - `busy`: another worker has it; its lease ends in `retryAfter` seconds at the latest, if it is not renewed.
 * - `done`: it was processed.
 */
export type Claim =
  | { readonly state: "claimed"; readonly token: number; readonly seenBefore: boolean }
  | { readonly state: "busy"; readonly retryAfter: number }
  | { readonly state: "done" };

/**
 * Who processes an event, and what was processed. An event counts as done when its worker has said so, not when it was
 * first seen: marked before it is processed, it would be lost with a worker that crashes.
 *
 * Every method may fail when the store is away. A method that changes a claim takes its token, and gives `false` where the
 * claim is no longer this worker's: its lease had ended and another has it, or had it.
 */
export interface Store {
  /** How long a claim holds unless it is renewed, in seconds; above 0, at most an hour. */
  readonly lease: number;
  /** Asks for an event, by its `key`. */
  claim(key: string): Promise<Claim>;
  /** Starts the lease again. A claim whose lease has ended but that nobody else has taken is still this worker's. */
  renew(key: string, token: number): Promise<boolean>;
  /** The event was processed: from now on it is `done`. */
  complete(key: string, token: number): Promise<boolean>;
  /** The event was not processed: the next claim gets it. */
  release(key: string, token: number): Promise<boolean>;
}

/** A store that can tell whether it would take a claim now. Every store of this package is one. */
export interface StoreWithHealth extends Store {
  /**
   * Resolves when the store can be reached and is set up. It claims a key of its own, `health`, and releases it: so it also
   * notices a missing table, a missing permission and a server that takes no writes. No event has that key.
   *
   * Made for a readiness probe:
   *
   * ```ts
   * app.get("/ready", (_, response) =>
   *   store.health().then(
   *     () => response.sendStatus(200),
   *     (error) => (console.error(error), response.sendStatus(503)),
   *   ),
   * );
   * ```
   *
   * @throws `Error` when the claim fails, or has no answer within 5 s. Its message says what to do, its `cause` is what the
   * client threw. Both may name your server, so they belong in your log and not in the answer.
   */
  health(): Promise<void>;
}
