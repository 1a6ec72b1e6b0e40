import type { HeadersLike } from "../headers.js";

/** A request's headers as AWS hands them to a function. */
export interface EventHeaders {
  /** One value to a name: the last in format 1.0, all joined by commas in 2.0. */
  readonly headers?: { readonly [name: string]: string | undefined } | null | undefined;
  /** Every value, in format 1.0 and from a load balancer that is set so. */
  readonly multiValueHeaders?: { readonly [name: string]: readonly string[] | undefined } | null | undefined;
}

/** All headers, every value where the event has them: one that came twice must not pass for one. */
export function receivedHeaders(event: EventHeaders): HeadersLike {
  return event.multiValueHeaders ?? event.headers ?? {};
}
