import { valueKind } from "../value-kind.js";
import { callingStore, type CallResult, type ClaimCall } from "./claim-call.js";
import { applied, type ClaimRecord } from "./claim-record.js";
import { durations, type StoreOptions } from "./durations.js";
import type { StoreWithHealth } from "./store.js";

/** The parts of a `DurableObjectNamespace` that the store uses. */
export interface ClaimNamespace {
  idFromName(name: string): object;
  get(id: object): ClaimStub;
}

interface ClaimStub {
  fetch(url: string, init: { readonly method: string; readonly body: string }): Promise<ClaimResponse>;
}

interface ClaimResponse {
  readonly status: number;
  json(): Promise<unknown>;
}

/** The parts of a `DurableObjectState` that the store uses. */
export interface ClaimState {
  readonly storage: ClaimStorage;
}

interface ClaimStorage {
  get(key: string): Promise<unknown>;
  setAlarm(time: number): Promise<void>;
  deleteAll(): Promise<void>;
  transaction<T>(closure: (transaction: ClaimTransaction) => Promise<T>): Promise<T>;
}

interface ClaimTransaction {
  get(key: string): Promise<unknown>;
  put(key: string, value: ClaimRecord): Promise<void>;
  setAlarm(time: number): Promise<void>;
}

const RECORD = "claim";
const READINESS = {
  place: "Durable Objects",
  advice: "see whether wrangler.jsonc binds the namespace to the class ClaimObject and has its migration",
};

/**
 * Keeps claims in Durable Objects of Cloudflare Workers, one for each event. All copies of a delivery reach the same object,
 * wherever they arrive. The object's clock counts.
 *
 * The Worker exports the objects' class:
 *
 * ```ts
 * import { env } from "cloudflare:workers";
 * import { webHandler } from "docutray-webhook/handler";
 * import { durableObject } from "docutray-webhook/idempotency";
 *
 * export { ClaimObject } from "docutray-webhook/idempotency";
 *
 * export default {
 *   fetch: webHandler({
 *     secret: env.DOCUTRAY_WEBHOOK_SECRET,
 *     url: env.DOCUTRAY_WEBHOOK_URL,
 *     on: { CONVERSION_COMPLETED: async (event) => console.log(event.id) },
 *     idempotency: durableObject(env.CLAIMS),
 *   }),
 * };
 * ```
 *
 * and `wrangler.jsonc` binds it, with SQLite storage, which the free plan includes:
 *
 * ```jsonc
 * {
 *   "durable_objects": { "bindings": [{ "name": "CLAIMS", "class_name": "ClaimObject" }] },
 *   "migrations": [{ "tag": "claims", "new_sqlite_classes": ["ClaimObject"] }],
 * }
 * ```
 *
 * **Two services that receive the same events need separate namespaces.** They have them if each Worker binds the class that
 * it exports itself. With a shared namespace, each would take the other's events for its own.
 *
 * An object stores one small record and deletes it after `remember`. A call fails with the platform's error if the object is
 * overloaded or unreachable, or was reset before it answered.
 *
 * @param namespace - The binding, or the result of its `jurisdiction("eu")`.
 * @throws `WebhookError` `invalid_config`, whose `field` names the option; `TypeError` if `namespace` is not such a binding.
 */
export function durableObject(namespace: ClaimNamespace, options?: StoreOptions): StoreWithHealth {
  if (typeof namespace?.idFromName !== "function") {
    throw new TypeError(
      `durableObject(namespace) needs a binding of Durable Objects, but got ${valueKind(namespace)}: ` +
        "is it in wrangler.jsonc, under this name and for this environment?",
    );
  }
  return callingStore(durations(options), READINESS, async (key, call) => {
    // After one failure a stub keeps failing, so each call gets its own.
    const stub = namespace.get(namespace.idFromName(key));
    const response = await stub.fetch("https://claim.invalid/", { method: "POST", body: JSON.stringify(call) });
    if (response.status !== 200) {
      throw new Error(
        `the Durable Object answered ${response.status} to a call for a claim: ` +
          "bind the namespace to the class ClaimObject of docutray-webhook/idempotency",
      );
    }
    return (await response.json()) as CallResult;
  });
}

/**
 * The Durable Object behind {@link durableObject}, for the Worker to export. It holds the claims of one event. Only the runtime
 * calls its methods. Its storage may be SQLite (`new_sqlite_classes`) or the older key-value storage (`new_classes`).
 */
export class ClaimObject {
  /** Tells `wrangler types` that this is a Durable Object. Their types require a base class; the runtime does not. */
  declare readonly __DURABLE_OBJECT_BRAND: never;
  readonly #storage: ClaimStorage;

  constructor(state: ClaimState, _env?: unknown) {
    this.#storage = state.storage;
  }

  async fetch(request: { json(): Promise<unknown> }): Promise<Response> {
    const call = (await request.json()) as ClaimCall;
    const result = await this.#storage.transaction(async (storage) => {
      const { result, record } = applied(call, (await storage.get(RECORD)) as ClaimRecord | undefined, Date.now());
      if (record !== undefined) {
        await storage.put(RECORD, record);
        await storage.setAlarm(record.forgetAfter);
      }
      return result;
    });
    return Response.json(result);
  }

  async alarm(): Promise<void> {
    const record = (await this.#storage.get(RECORD)) as ClaimRecord | undefined;
    if (record !== undefined && Date.now() < record.forgetAfter) {
      await this.#storage.setAlarm(record.forgetAfter);
      return;
    }
    await this.#storage.deleteAll();
  }
}
