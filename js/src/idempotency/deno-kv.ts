import { invalidConfig } from "../options.js";
import { valueKind } from "../value-kind.js";
import { callingStore, type CallResult, type ClaimCall } from "./claim-call.js";
import { applied, type ClaimRecord } from "./claim-record.js";
import { storeOptions, type StoreOptions } from "./durations.js";
import type { Store } from "./store.js";

/** The parts of a `Deno.Kv` that the store uses. */
export interface ClaimKv {
  get(key: KvKey): Promise<KvEntry>;
  atomic(): KvAtomic;
}

type KvKey = readonly (string | Uint8Array)[];

interface KvEntry {
  readonly value: unknown;
  readonly versionstamp: string | null;
}

interface KvAtomic {
  check(check: { key: KvKey; versionstamp: string | null }): KvAtomic;
  set(key: KvKey, value: ClaimRecord, options: { expireIn: number }): KvAtomic;
  commit(): Promise<{ readonly ok: boolean }>;
}

/** The options of a store in Deno KV. */
export interface DenoKvOptions extends StoreOptions {
  /** The first part of every key. Default `docutray-webhook`. */
  readonly prefix?: string | undefined;
}

/** In UTF-8 bytes. A key in Deno KV may have 2,048 bytes, in which a NUL counts twice. */
const LONGEST_PREFIX = 256;
const LONGEST_KEY = 512;
/**
 * For how long a call is retried, in milliseconds. It is less than a handler waits for its store. Calls for the same event
 * soon have nothing left to write, but a file that several processes write to may be locked for longer.
 */
const PATIENCE = 4000;
/** In milliseconds. Short, since others may hold the lock most of the time and only an attempt can find it free. */
const LONGEST_PAUSE = 32;

/**
 * A store in Deno KV.
 *
 * ```ts
 * const idempotency = denoKv(await Deno.openKv());
 * ```
 *
 * **Deno KV has no clock, so the workers' clocks count.** A worker whose clock is some seconds ahead takes over leases too
 * early by that time. Both workers may then process the event, although only one of them can complete it. Synchronise the
 * clocks (NTP), and set `lease` far above their possible difference.
 *
 * Several processes may share one database file. A call fails with Deno KV's error, or if every attempt within 4 seconds
 * found the file locked or was overtaken by another call.
 *
 * @param kv - The database, from `Deno.openKv` or from `@deno/kv` on Node.
 * @throws {@link WebhookError} `invalid_config`, whose `field` names the option; `TypeError` if `kv` is not such a database.
 */
export function denoKv(kv: ClaimKv, options: DenoKvOptions = {}): Store {
  if (typeof kv?.atomic !== "function") {
    throw new TypeError(`denoKv(kv) needs what Deno.openKv() comes to, but got ${valueKind(kv)}`);
  }
  const { own: prefix, ...durations } = storeOptions(options, { name: "prefix", check: checkedPrefix });
  return callingStore(durations, async (key, call) => carriedOut(kv, [prefix, await keyPart(key)], call));
}

function checkedPrefix(prefix: unknown = "docutray-webhook"): string {
  if (typeof prefix !== "string" || utf8(prefix).length > LONGEST_PREFIX) {
    throw invalidConfig("prefix", `has to be text of at most ${LONGEST_PREFIX} bytes`);
  }
  return prefix;
}

async function carriedOut(kv: ClaimKv, key: KvKey, call: ClaimCall): Promise<CallResult> {
  const end = performance.now() + PATIENCE;
  let cause: unknown;
  for (let longest = 1; performance.now() < end; longest = Math.min(2 * longest, LONGEST_PAUSE)) {
    try {
      const result = await attempted(kv, key, call);
      if (result !== undefined) {
        return result;
      }
    } catch (error) {
      if (!isLocked(error)) {
        throw error;
      }
      cause = error;
      await pause(longest);
    }
  }
  throw new Error(`Deno KV: for ${PATIENCE / 1000} s the database was locked, or another call came between`, { cause });
}

/** Returns `undefined` if another call came between reading and writing. */
async function attempted(kv: ClaimKv, key: KvKey, call: ClaimCall): Promise<CallResult | undefined> {
  const { value, versionstamp } = await kv.get(key);
  const now = Date.now();
  const { result, record } = applied(call, (value ?? undefined) as ClaimRecord | undefined, now);
  if (record === undefined) {
    return result;
  }
  const change = kv.atomic().check({ key, versionstamp }).set(key, record, { expireIn: record.forgetAfter - now });
  return (await change.commit()).ok ? result : undefined;
}

/** Matches SQLite's error for a file that another process is writing to. Nothing was written, and Deno KV does not wait. */
function isLocked(error: unknown): boolean {
  return error instanceof Error && error.message.includes("database is locked");
}

/** Waits a random time, so that waiting workers do not collide again. */
function pause(longest: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, longest * Math.random()));
}

/** Returns a key part. Long keys are hashed; a hash is bytes and not text, so it equals no other key. */
async function keyPart(key: string): Promise<string | Uint8Array> {
  const bytes = utf8(key);
  return bytes.length <= LONGEST_KEY ? key : new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
