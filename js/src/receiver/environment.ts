// The environment variables that handlers read where `secret` or `url` is not given.

import { invalidConfig } from "../options.js";

const SECRET = "DOCUTRAY_WEBHOOK_SECRET";
const OLD_SECRET = "DOCUTRAY_WEBHOOK_SECRET_OLD";
const URL = "DOCUTRAY_WEBHOOK_URL";

/**
 * Returns the secret, and the old one if there is one.
 *
 * @throws {@link WebhookError} `invalid_config` if the variable is unset or empty.
 */
export function secretFromEnvironment(): string[] {
  const secret = required("secret", SECRET, "the webhook's secret from Docutray");
  const old = variable("secret", OLD_SECRET);
  return old ? [secret, old] : [secret];
}

/**
 * Returns the registered URL.
 *
 * @throws {@link WebhookError} `invalid_config` if the variable is unset or empty. That never turns the check of the URL off.
 */
export function urlFromEnvironment(): string {
  return required("url", URL, "the endpoint's URL exactly as registered at Docutray");
}

function required(option: string, name: string, meaning: string): string {
  const value = variable(option, name);
  if (value) {
    return value;
  }
  const state = value === undefined ? "is not set" : "is empty";
  throw invalidConfig(option, `was not given, and the environment variable ${name} ${state}: ${meaning} belongs there. ${advice(option, name)}`);
}

/** Not every host has all of these. Read through `globalThis`, so that no bundler replaces them with the build's values. */
interface HostGlobals {
  readonly navigator?: { readonly userAgent?: string };
  readonly process?: { readonly env?: Readonly<Record<string, string | undefined>> };
}

/** Deno and Bun have `process.env`, too. */
function variable(option: string, name: string): string | undefined {
  try {
    return (globalThis as HostGlobals).process?.env?.[name];
  } catch {
    // Only Deno throws, if it may not read the variable.
    throw invalidConfig(option, `was not given, and Deno may not read the environment variable ${name}: run it with --allow-env=${name}`);
  }
}

function advice(option: string, name: string): string {
  const isWorkers = (globalThis as HostGlobals).navigator?.userAgent === "Cloudflare-Workers";
  return isWorkers
    ? `On Workers, import { env } from "cloudflare:workers" and pass ${option}: env.${name}`
    : `If it is known only when a request comes (next build, Secrets Manager), pass a function: ${option}: () => process.env.${name}`;
}
