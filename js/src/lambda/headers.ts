/** A request's headers as AWS passes them to a function. */
export interface EventHeaders {
  /** One value for each name: the last one in format 1.0, all joined by commas in 2.0. */
  readonly headers?: { readonly [name: string]: string | undefined } | null | undefined;
  /** All values, in format 1.0 and from a load balancer with multi-value headers enabled. */
  readonly multiValueHeaders?: { readonly [name: string]: readonly string[] | undefined } | null | undefined;
}

/** An event's headers. Names may be in any case. */
export type ReceivedHeaders = { readonly [name: string]: string | readonly string[] | undefined };

/** Returns all headers, with all values if the event has them, so that a repeated header is not taken for a single one. */
export function receivedHeaders({ headers, multiValueHeaders }: EventHeaders): ReceivedHeaders {
  const hasAll = multiValueHeaders && Object.keys(multiValueHeaders).length > 0;
  return (hasAll ? multiValueHeaders : headers) ?? {};
}

/** Returns a header by its lower-case name. Joins repeated values, as HTTP does. */
export function header(headers: ReceivedHeaders, name: string): string | undefined {
  const values = Object.entries(headers).flatMap(([other, value]) => (other.toLowerCase() === name ? (value ?? []) : []));
  return values.length === 0 ? undefined : values.join(", ");
}
