import { write } from "../receiver/logger.js";

/** A host that runs many instances, each with its own memory, and the stores that they can share. */
interface ManyInstances {
  readonly host: string;
  readonly stores: string;
}

const LAMBDA = { host: "AWS Lambda", stores: "dynamodb(client), redis(client) or postgres(pool)" };
const VERCEL = { host: "Vercel", stores: "redis(client) with a client of @upstash/redis, or postgres(pool)" };
const WORKERS = { host: "Cloudflare Workers", stores: "durableObject(namespace) or d1(database)" };

let hasWarned = false;

/** Warns on the console, once in a process, if this host runs many instances. */
export function warnWhereMemoryIsNotShared(): void {
  const found = hasWarned ? undefined : manyInstances();
  if (found === undefined) {
    return;
  }
  hasWarned = true;
  write(
    console,
    "warn",
    `docutray-webhook: on ${found.host} each instance has its own memory. With memory(), the default of \`idempotency\`, ` +
      `an event may be processed twice: use ${found.stores} of docutray-webhook/idempotency`,
  );
}

function manyInstances(): ManyInstances | undefined {
  const { navigator, process, Deno } = globalThis as HostGlobals;
  if (navigator?.userAgent === "Cloudflare-Workers") {
    return WORKERS;
  }
  // Deno asks its user for permission to read a variable, and throws if it is denied.
  const variables = Deno === undefined ? process?.env : undefined;
  // Functions on Vercel run on AWS Lambda and may have both variables.
  if (variables?.["VERCEL"]) {
    return VERCEL;
  }
  return variables?.["AWS_LAMBDA_FUNCTION_NAME"] ? LAMBDA : undefined;
}

/** Not every host has all of these. */
interface HostGlobals {
  readonly navigator?: { readonly userAgent?: string };
  readonly process?: { readonly env?: Readonly<Record<string, string | undefined>> };
  readonly Deno?: unknown;
}
