import { Verifier } from "#core";
import { WebhookError } from "../error.js";
import type { HeadersLike } from "../headers.js";
import { allChecked, invalidConfig, readOptions } from "../options.js";
import { verifierOptions } from "../receiver/options.js";
import { VERIFIER_OPTIONS, type VerifierOptions } from "../verifier-options.js";
import { asked, type AuthorizerEventV1, type AuthorizerEventV2 } from "./authorizer-event.js";
import { iamResponse, simpleResponse } from "./authorizer-response.js";
import type { Decision, IamResponse, SimpleResponse } from "./authorizer-response.js";
import { receivedHeaders } from "./headers.js";

/** The form of the response to an HTTP API with payload format 2.0. */
export type ResponseKind = "simple" | "iam";

/** The options of an {@link authorizer}. */
export interface AuthorizerOptions<Kind extends ResponseKind = ResponseKind> extends VerifierOptions {
  /** The registered URL, or several. `false` is refused, because there would be nothing to authenticate. */
  readonly url: string | readonly string[];
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
 * @throws {@link WebhookError} `invalid_config`, whose `field` names the option. The returned function rejects with a
 * `TypeError` for an event that is not a `REQUEST` authorizer's. API Gateway then allows nothing.
 */
export function authorizer<Kind extends ResponseKind = "simple">(options: AuthorizerOptions<Kind>): Authorizer<Kind> {
  const { values, problems } = readOptions(options, [...VERIFIER_OPTIONS, "response"]);
  const { verifier, response } = allChecked<{ verifier: Verifier; response: ResponseKind }>(problems, {
    verifier: () => verifierOfMetadata(values),
    response: () => checkedResponse(values.response),
  });

  async function authorize(event: AuthorizerEventV1 | AuthorizerEventV2): Promise<SimpleResponse | IamResponse> {
    const { arn, format } = asked(event);
    const decision = decide(verifier, receivedHeaders(event));
    return format === "2.0" && response === "simple" ? simpleResponse(decision) : iamResponse(decision, arn);
  }
  return authorize as Authorizer<Kind>;
}

function verifierOfMetadata(values: Parameters<typeof verifierOptions>[0]): Verifier {
  if (values.url === false) {
    throw invalidConfig("url", "must not be false: an authorizer would let everybody through");
  }
  return new Verifier(verifierOptions(values));
}

function checkedResponse(response: unknown = "simple"): ResponseKind {
  if (response !== "simple" && response !== "iam") {
    throw invalidConfig("response", 'has to be "simple" or "iam"');
  }
  return response;
}

function decide(verifier: Verifier, headers: HeadersLike): Decision {
  try {
    const { requestId, timestamp, event } = verifier.authorize(headers);
    return { allowed: true, context: { requestId, timestamp, event } };
  } catch (error) {
    if (error instanceof WebhookError) {
      const { code, field } = error;
      return { allowed: false, context: field === undefined ? { code } : { code, field } };
    }
    throw error;
  }
}
