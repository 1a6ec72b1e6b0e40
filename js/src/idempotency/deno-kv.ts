import { invalidConfig } from "../options.js";
import { valueKind } from "../value-kind.js";
import { callingStore } from "./claim-call.js";
import type { ClaimRecord } from "./claim-record.js";
import { storeOptions, type StoreOptions } from "./durations.js";
import { keyHash } from "./key-hash.js";
import type { StoreWithHealth } from "./store.js";
import { carriedOutOn, type VersionedRecords } from "./versioned-records.js";

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

const READINESS = { place: "Deno KV", advice: "see whether the database is open, and whether its file may be written" };

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
 * @throws `WebhookError` `invalid_config`, whose `field` names the option; `TypeError` if `kv` is not such a database.
 */
export function denoKv(kv: ClaimKv, options: DenoKvOptions = {}): StoreWithHealth {
  if (typeof kv?.atomic !== "function") {
    throw new TypeError(`denoKv(kv) needs the database that Deno.openKv() resolves to, but got ${valueKind(kv)}`);
  }
  const { own: prefix, ...durations } = storeOptions(options, { name: "prefix", check: checkedPrefix });
  const records = recordsOf(kv, prefix);
  return callingStore(durations, READINESS, (key, call) => carriedOutOn(records, key, call));
}

function checkedPrefix(prefix: unknown = "docutray-webhook"): string {
  if (typeof prefix !== "string" || new TextEncoder().encode(prefix).length > LONGEST_PREFIX) {
    throw invalidConfig("prefix", `has to be text of at most ${LONGEST_PREFIX} bytes`);
  }
  return prefix;
}

function recordsOf(kv: ClaimKv, prefix: string): VersionedRecords<string | null> {
  return {
    name: "Deno KV",
    async read(key) {
      const { value, versionstamp } = await kv.get([prefix, await keyPart(key)]);
      return { record: (value ?? undefined) as ClaimRecord | undefined, version: versionstamp, now: Date.now() };
    },
    async write(key, record, { version, now }) {
      const path = [prefix, await keyPart(key)];
      const change = kv.atomic().check({ key: path, versionstamp: version });
      return (await change.set(path, record, { expireIn: record.forgetAfter - now }).commit()).ok;
    },
  };
}

/** Returns a key part. Long keys are hashed; a hash is bytes and not text, so it equals no other key. */
async function keyPart(key: string): Promise<string | Uint8Array> {
  return new TextEncoder().encode(key).length <= LONGEST_KEY ? key : keyHash(key);
}
