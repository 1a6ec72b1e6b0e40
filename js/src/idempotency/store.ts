/**
 * A store's answer to a worker that wants to process an event.
 *
 * - `claimed`: the worker may process the event until the lease ends. `token` is the fencing token. Of two claims of one key
 *   the later has the greater token. A database that stores the greatest token can refuse writes of a worker whose lease has
 *   ended. `seenBefore` says whether the event was claimed before and not completed.
 * - `busy`: another worker is processing the event. Its lease ends in `retryAfter` seconds, unless it is renewed.
 * - `done`: the event was processed.
 */
export type Claim =
  | { readonly state: "claimed"; readonly token: number; readonly seenBefore: boolean }
  | { readonly state: "busy"; readonly retryAfter: number }
  | { readonly state: "done" };

/**
 * Remembers which worker processes an event, and which events were processed. An event is done when its worker completes it,
 * not when it is first seen: if it were marked first, a worker that crashes would lose it.
 *
 * Every method may fail when the store is unavailable. A method that changes a claim takes its token. It returns `false` if
 * the claim is no longer this worker's, because its lease ended and another worker claimed the event.
 */
export interface Store {
  /** How long a claim holds unless it is renewed, in seconds; above 0, at most an hour. */
  readonly lease: number;
  /** Claims an event by its `key`, which may be of any length: hash it where your store limits keys. */
  claim(key: string): Promise<Claim>;
  /** Restarts the lease. A claim whose lease has ended stays this worker's until another worker claims the event. */
  renew(key: string, token: number): Promise<boolean>;
  /** Records that the event was processed. From then on claims return `done`. */
  complete(key: string, token: number): Promise<boolean>;
  /** Records that the event was not processed. The next claim gets it. */
  release(key: string, token: number): Promise<boolean>;
}

/** A store that can check itself. Every store of this package is one. */
export interface StoreWithHealth extends Store {
  /**
   * Resolves if the store can be reached and is set up. To find out, it claims the key `health`, which no event has, and
   * releases it. So it also finds a missing table, a missing permission and a server that accepts no writes.
   *
   * For readiness probes:
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
   * @throws `Error` if the claim fails, or has no answer within 5 s. Its message says what to do, and its `cause` is the
   * client's error. Both may name your server: write them to your log, and leave them out of the probe's answer.
   */
  health(): Promise<void>;
}
