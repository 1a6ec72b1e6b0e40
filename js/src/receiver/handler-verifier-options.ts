import type { VerifierOptions } from "../verifier-options.js";
import type { ReceivedRequest } from "./received-request.js";

/** A value that a function may also return, at once or later. `undefined` is refused when it comes. */
type PerRequest<Value> = Value | ((request: ReceivedRequest) => Value | undefined | Promise<Value | undefined>);

/** The options of a handler's verifier. */
export interface HandlerVerifierOptions extends Omit<VerifierOptions, "secret" | "url"> {
  /**
   * The webhook's secret from Docutray, used exactly as given. Pass several, newest first, while deliveries signed with an old one
   * may still arrive: 1 to 8, none of them empty.
   *
   * Default: the environment variable `DOCUTRAY_WEBHOOK_SECRET`, and after it `DOCUTRAY_WEBHOOK_SECRET_OLD` if that is set.
   *
   * Pass a function, which may be asynchronous, if the secret is known only when a delivery comes: after a rotation, from a secrets
   * manager, for many tenants. It is called for each request whose headers are well-formed, **before anything is verified, so anybody
   * can cause a call**: cache what is slow. 100 calls may be under way. If it throws, or gives no answer by the `deadline`, the
   * delivery is answered 503 and Docutray retries; the error is logged, so do not put text of the request into it. If it returns
   * nothing, the delivery is answered 500 (`invalid_config`).
   */
  readonly secret?: PerRequest<VerifierOptions["secret"]> | undefined;
  /**
   * The endpoint's URL, exactly as registered at Docutray, or several: see `VerifierOptions.url`.
   *
   * Default: the environment variable `DOCUTRAY_WEBHOOK_URL`. If that is unset or empty, the handler is not made. Only `false` turns
   * the check of the metadata off.
   *
   * A function is called as that of `secret` is. It must not return `false`.
   */
  readonly url?: false | PerRequest<Exclude<VerifierOptions["url"], false>> | undefined;
}
