import type { CallResult, ClaimCall } from "./claim-call.js";
import { applied, type ClaimRecord } from "./claim-record.js";

/** Reads a record, and writes it only if no other call has written it in the meantime. */
export interface VersionedRecords<Version> {
  /** The store's name, for errors. */
  readonly name: string;
  read(key: string): Promise<Found<Version>>;
  /** Resolves to `false`, without writing, if the record has changed since it was found. */
  write(key: string, record: ClaimRecord, found: Found<Version>): Promise<boolean>;
}

/** What the store has for a key. */
export interface Found<Version> {
  readonly record: ClaimRecord | undefined;
  readonly version: Version;
  /** By the store's clock, in milliseconds since 1970. */
  readonly now: number;
}

/**
 * For how long a call is retried, in milliseconds. It is less than a handler waits for its store. Calls for the same event
 * soon have nothing left to write, but a file that several processes write to may be locked for longer.
 */
const PATIENCE = 4000;
/** In milliseconds. Short, since others may hold the lock most of the time and only an attempt can find it free. */
const LONGEST_PAUSE = 32;

/** Carries out a call by the rules of `claim-record.ts`, and retries it while other calls come in between. */
export async function carriedOutOn<Version>(
  records: VersionedRecords<Version>,
  key: string,
  call: ClaimCall,
): Promise<CallResult> {
  const end = performance.now() + PATIENCE;
  let cause: unknown;
  for (let longest = 1; performance.now() < end; longest = Math.min(2 * longest, LONGEST_PAUSE)) {
    try {
      const result = await attempted(records, key, call);
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
  const what = `for ${PATIENCE / 1000} s the database was locked, or other calls changed the record first`;
  throw new Error(`${records.name}: ${what}`, { cause });
}

/** Returns `undefined` if another call came between reading and writing. */
async function attempted<Version>(
  records: VersionedRecords<Version>,
  key: string,
  call: ClaimCall,
): Promise<CallResult | undefined> {
  const found = await records.read(key);
  const { result, record } = applied(call, found.record, found.now);
  return record === undefined || (await records.write(key, record, found)) ? result : undefined;
}

/** Matches SQLite's error for a file that another process is writing to. Nothing was written. */
function isLocked(error: unknown): boolean {
  return error instanceof Error && error.message.includes("database is locked");
}

/** Waits a random time, so that waiting workers do not collide again. */
function pause(longest: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, longest * Math.random()));
}
