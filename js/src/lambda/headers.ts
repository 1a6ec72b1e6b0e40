/** A request's headers as AWS hands them to a function. */
export interface EventHeaders {
  /** One value to a name: the last in format 1.0, all joined by commas in 2.0. */
  readonly headers?: { readonly [name: string]: string | undefined } | null | undefined;
  /** Every value, in format 1.0 and from a load balancer that is set so. */
  readonly multiValueHeaders?: { readonly [name: string]: readonly string[] | undefined } | null | undefined;
}

/** Headers as an event has them, names in any case. */
export type ReceivedHeaders = { readonly [name: string]: string | readonly string[] | undefined };

/** All headers, every value where the event has them: one that came twice must not pass for one. */
export function receivedHeaders({ headers, multiValueHeaders }: EventHeaders): ReceivedHeaders {
  const hasAll = multiValueHeaders && Object.keys(multiValueHeaders).length > 0;
  return (hasAll ? multiValueHeaders : headers) ?? {};
}

/** A header by its name in lower case; what came several times is joined, as HTTP does. */
export function header(headers: ReceivedHeaders, name: string): string | undefined {
  const values = Object.entries(headers).flatMap(([other, value]) => (other.toLowerCase() === name ? (value ?? []) : []));
  return values.length === 0 ? undefined : values.join(", ");
}
