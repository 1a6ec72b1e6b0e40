import { say } from "../receiver/report.js";

/** A host that runs as many instances as it likes, each with a memory of its own, and the stores that its instances can share. */
interface ManyInstances {
  readonly host: string;
  readonly stores: string;
}

const LAMBDA = { host: "AWS Lambda", stores: "dynamodb(client), redis(client) or postgres(pool)" };
const VERCEL = { host: "Vercel", stores: "redis(client) with a client of @upstash/redis, or postgres(pool)" };
const WORKERS = { host: "Cloudflare Workers", stores: "durableObject(namespace) or d1(database)" };

let hasWarned = false;

/** Says once, on the console, that memory is not enough on this host. */
export function warnWhereMemoryIsNotShared(): void {
  const found = hasWarned ? undefined : manyInstances();
  if (found === undefined) {
    return;
  }
  hasWarned = true;
  say(
    "warn",
    `docutray-webhook: on ${found.host} each instance has a memory of its own, so with memory(), the default of ` +
      `\`idempotency\`, an event may be processed twice: use ${found.stores} of docutray-webhook/idempotency`,
  );
}

function manyInstances(): ManyInstances | undefined {
  const { navigator, process, Deno } = globalThis as HostGlobals;
  if (navigator?.userAgent === "Cloudflare-Workers") {
    return WORKERS;
  }
  // Deno asks its user before it shows a variable, and throws where that is refused.
  const variables = Deno === undefined ? process?.env : undefined;
  // Functions on Vercel may run on AWS Lambda, and have the variables of both.
  if (variables?.["VERCEL"]) {
    return VERCEL;
  }
  return variables?.["AWS_LAMBDA_FUNCTION_NAME"] ? LAMBDA : undefined;
}

/** Hosts differ in which of these they have. */
interface HostGlobals {
  readonly navigator?: { readonly userAgent?: string };
  readonly process?: { readonly env?: Readonly<Record<string, string | undefined>> };
  readonly Deno?: unknown;
}
