import { invalidConfig } from "../options.js";
import { valueKind } from "../value-kind.js";
import { callingStore } from "./claim-call.js";
import type { ClaimRecord } from "./claim-record.js";
import { storeOptions, type StoreOptions } from "./durations.js";
import { keyHash } from "./key-hash.js";
import type { StoreWithHealth } from "./store.js";
import { carriedOutOn, type VersionedRecords } from "./versioned-records.js";

/** As much of a `Deno.Kv` as is used. */
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

/** How a store in Deno KV is set up. */
export interface DenoKvOptions extends StoreOptions {
  /** The first part of every key. Default `docutray-webhook`. */
  readonly prefix?: string | undefined;
}

/** Deno KV takes keys of 2,048 bytes, in which a NUL counts twice. Both in UTF-8. */
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
 * **Deno KV has no clock, so the workers' clocks count.** A worker whose clock is ahead by some seconds takes the leases
 * of others that much too early, and both may then process the event, though only one of them can complete it: keep the
 * clocks together (NTP), and `lease` far above what they may differ.
 *
 * Several processes may share one database file. A call fails with what Deno KV throws, and if the file was locked or
 * another call came between whenever it was tried for 4 seconds.
 *
 * @param kv - Of `Deno.openKv`, or of `@deno/kv` on Node.
 * @throws {@link WebhookError} `invalid_config`, whose `field` names the option; `TypeError` for what is no such database.
 */
export function denoKv(kv: ClaimKv, options: DenoKvOptions = {}): StoreWithHealth {
  if (typeof kv?.atomic !== "function") {
    throw new TypeError(`denoKv(kv) needs what Deno.openKv() comes to, but got ${valueKind(kv)}`);
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

/** A hash is of another type than text, so no key can be made that equals another's. */
async function keyPart(key: string): Promise<string | Uint8Array> {
  return new TextEncoder().encode(key).length <= LONGEST_KEY ? key : keyHash(key);
}
