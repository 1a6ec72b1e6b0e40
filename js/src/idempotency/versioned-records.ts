import type { CallResult, ClaimCall } from "./claim-call.js";
import { applied, type ClaimRecord } from "./claim-record.js";

/** Where a record is read, and written only if no other call has written it since. */
export interface VersionedRecords<Version> {
  /** For errors. */
  readonly name: string;
  read(key: string): Promise<Found<Version>>;
  /** Gives `false`, and has written nothing, where the record is no longer as it was found. */
  write(key: string, record: ClaimRecord, found: Found<Version>): Promise<boolean>;
}

/** What is kept of a key. */
export interface Found<Version> {
  readonly record: ClaimRecord | undefined;
  readonly version: Version;
  /** By the store's clock, in milliseconds since 1970. */
  readonly now: number;
}

/**
 * How long a call is tried, in milliseconds: less than a handler waits for its store. Calls for one event soon have nothing
 * left to write; a file that several processes write to may be locked for longer.
 */
const PATIENCE = 4000;
/** In milliseconds. Short, since others may hold the lock most of the time, and only a try finds the moments between. */
const LONGEST_PAUSE = 32;

/** Carries out a call by the rules of `claim-record.ts`, again and again until no other call comes between. */
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
  const what = `for ${PATIENCE / 1000} s the database was locked, or another call came between`;
  throw new Error(`${records.name}: ${what}`, { cause });
}

/** `undefined` where another call came between. */
async function attempted<Version>(
  records: VersionedRecords<Version>,
  key: string,
  call: ClaimCall,
): Promise<CallResult | undefined> {
  const found = await records.read(key);
  const { result, record } = applied(call, found.record, found.now);
  return record === undefined || (await records.write(key, record, found)) ? result : undefined;
}

/** SQLite's word for another process that writes to the file. It has written nothing, and may not have waited itself. */
function isLocked(error: unknown): boolean {
  return error instanceof Error && error.message.includes("database is locked");
}

/** At random, so that those who wait do not meet again. */
function pause(longest: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, longest * Math.random()));
}
