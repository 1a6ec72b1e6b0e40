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

/** What an HTTP API with payload format 2.0 is answered with. */
export type ResponseKind = "simple" | "iam";

/** How an {@link authorizer} is set up. */
export interface AuthorizerOptions<Kind extends ResponseKind = ResponseKind> extends VerifierOptions {
  /** The registered URL, or several. `false` is refused here: without it there is nothing to authenticate. */
  readonly url: string | readonly string[];
  /**
   * For an HTTP API with payload format 2.0 alone: `"simple"` where the authorizer has simple responses enabled, `"iam"`
   * where it has not, as by AWS's default. Default `"simple"`. Every other API takes a policy only, and gets one.
   */
  readonly response?: Kind | undefined;
}

/** A Lambda function for API Gateway to ask. */
export interface Authorizer<Kind extends ResponseKind = "simple"> {
  (event: AuthorizerEventV2): Promise<Kind extends "iam" ? IamResponse : SimpleResponse>;
  (event: AuthorizerEventV1): Promise<IamResponse>;
}

/**
 * Makes a Lambda authorizer that lets a request through when its metadata is Docutray's: signed, for the registered
 * URL, and fresh.
 *
 * ```ts
 * export const handler = authorizer({ secret, url: "https://example.com/hooks" });
 * ```
 *
 * **The body is not verified**: an authorizer never sees it. The function behind has to verify the delivery again with
 * its body, as {@link lambdaHandler} does; until then the body may be anybody's.
 *
 * **Result caching has to be off** (`ReauthorizeEvery: 0`, `AuthorizerResultTtlInSeconds: 0`; API Gateway's default for
 * a REST API is 300 seconds): a cached Allow lets in whatever has the same identity source. Where it has to be on, all of
 * `X-Docutray-Auth-Signature`, `-Timestamp`, `-Request-Id` and `-Event` must be identity sources; an Allow then outlives the
 * tolerance by the time it is cached.
 *
 * **Within the tolerance, a captured delivery can be sent again**, and to any route that has this authorizer: the MAC
 * covers the registered URL, not the path asked for. Have it on the webhook's route alone; the function behind
 * tells a repeated event from a new one.
 *
 * For an HTTP API prefer payload format 2.0: in 1.0 an authorizer sees one value of a header that came twice.
 *
 * A refused request gets 403 from API Gateway. Why it was refused stands in the context as `code`, for access logs.
 *
 * @throws {@link WebhookError} `invalid_config`, whose `field` names the option. The function made rejects with a
 * `TypeError` for an event that is not that of a `REQUEST` authorizer: API Gateway lets nothing through then.
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
