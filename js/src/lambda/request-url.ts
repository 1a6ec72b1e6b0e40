import { absoluteUrl } from "../receiver/received-request.js";
import { header, receivedHeaders, type EventHeaders } from "./headers.js";

/** The fields of AWS's events that make up a request's URL. */
interface EventUrl {
  readonly path?: string;
  readonly queryStringParameters?: Readonly<Record<string, string | undefined>> | null;
  readonly multiValueQueryStringParameters?: Readonly<Record<string, readonly string[] | undefined>> | null;
  readonly rawPath?: string;
  readonly rawQueryString?: string;
}

/** Returns the URL of an event of API Gateway, a function URL or a load balancer. */
export function requestUrl(event: EventHeaders): string {
  const fields: EventHeaders & EventUrl = event;
  const { rawPath, path = "/", rawQueryString = query(fields) } = fields;
  const host = header(receivedHeaders(event), "host");
  return absoluteUrl("https", host, (rawPath ?? path) + (rawQueryString && `?${rawQueryString}`));
}

function query({ queryStringParameters, multiValueQueryStringParameters }: EventUrl): string {
  const parameters = Object.entries(multiValueQueryStringParameters ?? queryStringParameters ?? {});
  const pairs = parameters.flatMap(([name, value]) => [value ?? []].flat().map((one) => [name, one]));
  return new URLSearchParams(pairs).toString();
}
