import { Verifier as HostsVerifier } from "#core";
import { WebhookError } from "../error.js";
import { CALLS_FOR_SECRETS } from "../generated/limits.js";
import type { HeadersLike } from "../headers.js";
import { invalidConfig } from "../options.js";
// Imported by path, because TypeScript with `moduleResolution: node10` does not resolve `#core`.
import type { Verifier } from "../verifier.js";
import type { VerifierOptions } from "../verifier-options.js";
import type { HandlerVerifierOptions } from "./handler-verifier-options.js";
import { receivedRequest, type ReceivedRequest, type RequestOrigin } from "./received-request.js";
import { monotonic, within } from "./time.js";
import { VerifierCache, type HeldVerifier } from "./verifier-cache.js";

/** There is no verifier for this request now, because a `secret` or `url` function gave no answer. The cause is its error. */
export class NoSecret extends Error {}

const BAD_REQUEST = 400;

/** Gives the verifier for a request. */
export interface VerifierSource {
  /** The largest body of each verifier, in bytes. */
  readonly maxBody: number;
  /**
   * @param deadline - By the monotonic clock, in seconds.
   * @throws {@link NoSecret}; {@link WebhookError} for headers that no verifier accepts, and `invalid_config` for a secret or a URL
   * that cannot be used.
   */
  verifierFor(request: RequestOrigin, deadline: number): HeldVerifier | Promise<HeldVerifier>;
  free(): void;
}

/** Checked options: each is a value, or a function that gives it for a request. */
export interface SecretAndUrl {
  readonly secret: NonNullable<HandlerVerifierOptions["secret"]>;
  readonly url: NonNullable<HandlerVerifierOptions["url"]>;
}

/** Stands in for what is known only when a request comes, so that everything else is checked at once. */
const ANY: VerifierOptions = { secret: "-", url: "https://example.com/" };

/** Verifies headers, of a whole delivery or of its metadata alone. */
type Probe = (verifier: Verifier, headers: HeadersLike) => void;

/**
 * @param warn - Called with what looks like a mistake in a secret.
 * @param probe - The check for which the verifiers are used.
 * @throws {@link WebhookError} `invalid_config` for everything that does not depend on a request.
 */
export function verifierSource(
  given: Partial<SecretAndUrl>,
  limits: Pick<VerifierOptions, "tolerance" | "maxBody">,
  warn: (hint: string) => void,
  probe: Probe = (verifier, headers) => verifier.begin(headers).free(),
): VerifierSource {
  const { secret = ANY.secret, url = ANY.url } = given;
  const known = {
    secret: typeof secret === "function" ? ANY.secret : secret,
    url: typeof url === "function" ? ANY.url : url,
    ...limits,
  };
  const verifier = new HostsVerifier(known, warn);
  if (typeof secret !== "function" && typeof url !== "function") {
    return new OneVerifier(verifier);
  }
  return new VerifierPerRequest({ secret, url }, verifier, probe, new VerifierCache(limits, warn));
}

class OneVerifier implements VerifierSource {
  readonly maxBody: number;
  readonly #held: HeldVerifier;

  constructor(verifier: Verifier) {
    this.maxBody = verifier.maxBody;
    this.#held = { verifier, release() {} };
  }

  verifierFor(): HeldVerifier {
    return this.#held;
  }

  free(): void {
    this.#held.verifier.free();
  }
}

class VerifierPerRequest implements VerifierSource {
  #underWay = 0;

  /** @param stranger - A verifier with the wrong secret or URL. It checks headers as far as that needs neither. */
  constructor(
    private readonly given: SecretAndUrl,
    private readonly stranger: Verifier,
    private readonly probe: Probe,
    private readonly cache: VerifierCache,
  ) {}

  get maxBody(): number {
    return this.stranger.maxBody;
  }

  async verifierFor(request: RequestOrigin, deadline: number): Promise<HeldVerifier> {
    this.#checkGrammar(request);
    const [secret, url] = await this.#answers(receivedRequest(request), deadline);
    return this.cache.use(found("secret", secret), found("url", url));
  }

  free(): void {
    this.stranger.free();
  }

  /** The functions run before anything is verified. A request that no secret could verify does not reach them. */
  #checkGrammar({ headers }: RequestOrigin): void {
    try {
      this.probe(this.stranger, headers);
    } catch (error) {
      // Only an error of the grammar is a verdict. The stranger's secret or URL does not fit anyway.
      if (!(error instanceof WebhookError) || error.status === BAD_REQUEST) {
        throw error;
      }
    }
  }

  async #answers(request: ReceivedRequest, deadline: number): Promise<[secret: unknown, url: unknown]> {
    if (this.#underWay >= CALLS_FOR_SECRETS) {
      throw new NoSecret(`${CALLS_FOR_SECRETS} calls of the secret or url function are under way already`);
    }
    this.#underWay++;
    try {
      const answers = Promise.all([answerOf(this.given.secret, request), answerOf(this.given.url, request)]);
      return await within(deadline - monotonic(), answers, () => {
        throw new Error("the secret or url function gave no answer by the deadline");
      });
    } catch (cause) {
      throw new NoSecret("the secret or url function failed", { cause });
    } finally {
      this.#underWay--;
    }
  }
}

async function answerOf(given: unknown, request: ReceivedRequest): Promise<unknown> {
  return typeof given === "function" ? given(request) : given;
}

/**
 * Returns a function's answer. The verifier checks the rest of it.
 *
 * @throws {@link WebhookError} `invalid_config` if there is no answer, or one that would turn the check of the URL off.
 */
function found<Name extends "secret" | "url">(option: Name, answer: unknown): VerifierOptions[Name] {
  const isEmpty = answer === undefined || answer === null || answer === "" || (Array.isArray(answer) && answer.length === 0);
  if (isEmpty || answer === false) {
    throw invalidConfig(option, `is a function that returned ${String(answer) || "nothing"} for this request: return the ${option}, or throw if it cannot be read now`);
  }
  return answer as VerifierOptions[Name];
}
