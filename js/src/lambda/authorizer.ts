import { WebhookError } from "../error.js";
import { DEFAULT_DEADLINE } from "../generated/limits.js";
import { allChecked, invalidConfig, readOptions } from "../options.js";
import type { HandlerVerifierOptions } from "../receiver/handler-verifier-options.js";
import { write } from "../receiver/logger.js";
import { limitsOf, secretOf, urlOf } from "../receiver/options.js";
import type { RequestOrigin } from "../receiver/received-request.js";
import { monotonic } from "../receiver/time.js";
import { verifierSource, type SecretAndUrl, type VerifierSource } from "../receiver/verifier-source.js";
import { VERIFIER_OPTIONS } from "../verifier-options.js";
import { asked, type AuthorizerEventV1, type AuthorizerEventV2 } from "./authorizer-event.js";
import { iamResponse, simpleResponse } from "./authorizer-response.js";
import type { Decision, IamResponse, SimpleResponse } from "./authorizer-response.js";
import { fields } from "./event-kind.js";
import { receivedHeaders } from "./headers.js";
import { requestUrl } from "./request-url.js";

/** The form of the response to an HTTP API with payload format 2.0. */
export type ResponseKind = "simple" | "iam";

/** The options of an {@link authorizer}. */
export interface AuthorizerOptions<Kind extends ResponseKind = ResponseKind> extends HandlerVerifierOptions {
  /**
   * The registered URL, or several, or a function that returns them. Default: the environment variable `DOCUTRAY_WEBHOOK_URL`.
   * `false` is refused, because there would be nothing to authenticate.
   */
  readonly url?: Exclude<HandlerVerifierOptions["url"], false>;
  /**
   * Only for an HTTP API with payload format 2.0: `"simple"` if the authorizer has simple responses enabled, `"iam"` if it has
   * not, which is AWS's default. Default `"simple"`. All other APIs accept only a policy, and always get one.
   */
  readonly response?: Kind | undefined;
}

/** A Lambda function that API Gateway calls as an authorizer. */
export interface Authorizer<Kind extends ResponseKind = "simple"> {
  (event: AuthorizerEventV2): Promise<Kind extends "iam" ? IamResponse : SimpleResponse>;
  (event: AuthorizerEventV1): Promise<IamResponse>;
}

/**
 * Makes a Lambda authorizer that allows a request if its metadata is authentic: signed by Docutray for the registered URL,
 * and fresh.
 *
 * ```ts
 * export const handler = authorizer({ secret, url: "https://example.com/hooks" });
 * ```
 *
 * **The body is not verified**, because an authorizer never sees it. The function must verify the delivery again with its body,
 * as {@link lambdaHandler} does. Until then the body may be forged.
 *
 * **Turn result caching off** (`ReauthorizeEvery: 0`, `AuthorizerResultTtlInSeconds: 0`; API Gateway's default for a REST API is
 * 300 seconds), because a cached Allow lets any request with the same identity sources in. If it must be on, use all of
 * `X-Docutray-Auth-Signature`, `-Timestamp`, `-Request-Id` and `-Event` as identity sources. An Allow then outlives the tolerance
 * by the caching time.
 *
 * **Within the tolerance, a captured delivery can be sent again**, and to any route that has this authorizer, because the MAC
 * covers the registered URL and not the requested path. Use the authorizer only on the webhook's route. The function behind it
 * must detect repeated events.
 *
 * For an HTTP API prefer payload format 2.0. In format 1.0, an authorizer sees only one value of a repeated header.
 *
 * API Gateway answers a refused request with 403. The context's `code` says why, for access logs.
 *
 * @throws `WebhookError` `invalid_config`, whose `field` names the option. The returned function rejects with a
 * `TypeError` for an event that is not a `REQUEST` authorizer's, and if a `secret` or `url` function gives no usable answer. API
 * Gateway then allows nothing, and answers 500.
 */
export function authorizer<Kind extends ResponseKind = "simple">(options: AuthorizerOptions<Kind>): Authorizer<Kind> {
  const { values, problems } = readOptions(options, [...VERIFIER_OPTIONS, "response"]);
  const given: { -readonly [Name in keyof SecretAndUrl]?: SecretAndUrl[Name] } = {};
  const { verifiers, response } = allChecked<SecretAndUrl & { verifiers: VerifierSource; response: ResponseKind }>(problems, {
    secret: () => (given.secret = secretOf(values)),
    url: () => (given.url = registeredUrl(urlOf(values))),
    verifiers: () => verifierSource(given, limitsOf(values), onConsole, (verifier, headers) => void verifier.authorize(headers)),
    response: () => checkedResponse(values.response),
  });

  async function authorize(event: AuthorizerEventV1 | AuthorizerEventV2): Promise<SimpleResponse | IamResponse> {
    const { arn, format } = asked(event);
    const request = { method: requestMethod(event), headers: receivedHeaders(event), url: () => requestUrl(event) };
    const decision = await decide(verifiers, request);
    return format === "2.0" && response === "simple" ? simpleResponse(decision) : iamResponse(decision, arn);
  }
  return authorize as Authorizer<Kind>;
}

function registeredUrl(url: SecretAndUrl["url"]): SecretAndUrl["url"] {
  if (url === false) {
    throw invalidConfig("url", "must not be false: an authorizer would let everybody through");
  }
  return url;
}

function checkedResponse(response: unknown = "simple"): ResponseKind {
  if (response !== "simple" && response !== "iam") {
    throw invalidConfig("response", 'has to be "simple" or "iam"');
  }
  return response;
}

function requestMethod(event: unknown): string {
  const { httpMethod, requestContext } = fields(event);
  return String(httpMethod ?? requestContext?.http?.method ?? "");
}

function onConsole(hint: string): void {
  write(console, "warn", `docutray-webhook: ${hint}`);
}

async function decide(verifiers: VerifierSource, request: RequestOrigin): Promise<Decision> {
  try {
    const held = await verifiers.verifierFor(request, monotonic() + DEFAULT_DEADLINE);
    try {
      const { requestId, timestamp, event } = held.verifier.authorize(request.headers);
      return { allowed: true, context: { requestId, timestamp, event } };
    } finally {
      held.release();
    }
  } catch (error) {
    if (error instanceof WebhookError && error.code !== "invalid_config") {
      const { code, field } = error;
      return { allowed: false, context: field === undefined ? { code } : { code, field } };
    }
    throw error;
  }
}
