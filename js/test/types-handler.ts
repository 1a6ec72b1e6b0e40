// Compiled against the installed package, never run. Shows the handlers' types to a strict compiler, as a user has it.
import {
  webHandler,
  type DeliveryError,
  type DeliveryRecord,
  type ErrorContext,
  type ErrorContextCode,
  type EventHandler,
  type HandlerOptions,
  type Lease,
  type OutcomeCode,
  type ReceivedRequest,
  type WebHandler,
} from "docutray-webhook/handler";
import { memory, type Claim, type Store } from "docutray-webhook/idempotency";
import type { ConversionCompletedEvent, Delivery, JsonObject, WebhookError, WebhookErrorCode, WebhookEvent } from "docutray-webhook";

/** Compiles only if the two types are identical. */
function same<A>() {
  return <B>(..._: [A] extends [B] ? ([B] extends [A] ? [] : [never]) : [never]) => {};
}

const options: HandlerOptions = {
  secret: ["new", "old"],
  url: "https://example.com/hooks",
  deadline: 20,
  bodyBudget: 64 * 1024 * 1024,
  idempotency: memory({ lease: 30, limit: undefined }),
  onUnfit: (error, delivery, rawBody) => {
    same<WebhookError>()<typeof error>();
    same<Delivery>()<typeof delivery>();
    same<Uint8Array>()<typeof rawBody>();
  },
  onDelivery: async (record) => {
    same<DeliveryRecord>()<typeof record>();
    same<number>()<typeof record.durationMs>();
    same<string | undefined>()<typeof record.key>();
    same<OutcomeCode | undefined>()<typeof record.code>();
    if (record.code === "deadline_exceeded" || record.code === "signature_mismatch") {
      return;
    }
    if (record.error) {
      same<DeliveryError>()<typeof record.error>();
      same<WebhookErrorCode>()<typeof record.error.code>();
      same<string>()<typeof record.error.message>();
    }
    if (record.verdict === "late") {
      same<"late">()<typeof record.verdict>();
    }
  },
  onError: (_error, context) => {
    same<ErrorContext>()<typeof context>();
    same<ErrorContextCode>()<typeof context.code>();
    same<never>()<Exclude<OutcomeCode, ErrorContextCode>>();
    same<never>()<Exclude<WebhookErrorCode, OutcomeCode>>();
    return context.code === "handler_failed" || context.code === "on_unfit_failed";
  },
  on: {
    CONVERSION_COMPLETED: async (event, lease) => {
      same<ConversionCompletedEvent>()<typeof event>();
      same<JsonObject>()<typeof event.payload.data>();
      same<Lease>()<typeof lease>();
      same<number>()<typeof lease.token>();
      lease.signal.throwIfAborted();
    },
    IDENTIFICATION_COMPLETED: (event) => event.payload.document_type.code,
    STEP_FAILED: undefined,
    UNKNOWN: ({ name }) => name,
    "*": (event) => {
      same<WebhookEvent>()<typeof event>();
    },
  },
};

const handler: WebHandler = webHandler(options);

export async function everyFramework(request: Request): Promise<void> {
  same<Promise<Response>>()<ReturnType<typeof handler>>();
  const web: (request: Request) => Promise<Response> = handler;
  const worker: (request: Request, env: { SECRET: string }, context: { waitUntil(promise: Promise<unknown>): void }) => Promise<Response> = handler;
  const kit: (event: { request: Request; platform?: unknown }) => Promise<Response> = handler;
  const hono: (context: { req: { raw: Request }; env: unknown }) => Promise<Response> = handler;
  await Promise.all([web(request), worker(request, { SECRET: "" }, { waitUntil() {} }), kit({ request }), hono({ req: { raw: request }, env: {} })]);
}

export async function aStoreOfOnesOwn(store: Store): Promise<string> {
  const claim: Claim = await store.claim("key");
  switch (claim.state) {
    case "claimed":
      same<number>()<typeof claim.token>();
      await store.renew("key", claim.token);
      return String(await store.complete("key", claim.token));
    case "busy":
      same<number>()<typeof claim.retryAfter>();
      return "busy";
    case "done":
      return "done";
  }
}

export const one: EventHandler<ConversionCompletedEvent> = (event) => event.payload.document_type_code;

// From the environment, and from functions of the request.
webHandler({ on: {} });
webHandler({ secret: process.env["NOT_THERE"], url: process.env["NOT_THERE"], on: {} });
webHandler({ secret: () => process.env["NOT_THERE"], url: () => process.env["NOT_THERE"], on: {} });
webHandler({
  secret: async (request) => {
    same<ReceivedRequest>()<typeof request>();
    return [request.headers.get("x-tenant") ?? "", new URL(request.url).pathname, request.method];
  },
  url: (request) => new URL(request.url),
  on: {},
});

// What must not compile. Each line says what it prevents.

// @ts-expect-error a code that does not exist is a typing mistake
webHandler({ secret: "s", url: "u", on: {}, onDelivery: ({ code }) => code === "handler_fialed" });
// @ts-expect-error a failure of onUnfit is no outcome
webHandler({ secret: "s", url: "u", on: {}, onDelivery: ({ code }) => code === "on_unfit_failed" });
// @ts-expect-error a lost instance is verifier_unavailable
webHandler({ secret: "s", url: "u", on: {}, onError: (_, { code }) => code === "instance_lost" });

// @ts-expect-error this event does not exist, so its handler would never be called
webHandler({ secret: "s", url: "u", on: { CONVERSION_DONE: () => {} } });
// @ts-expect-error without handlers every event would be acknowledged and lost
webHandler({ secret: "s", url: "u" });
// @ts-expect-error true is not a URL
webHandler({ secret: "s", url: true, on: {} });
// @ts-expect-error a function must not turn the check of the metadata off
webHandler({ secret: "s", url: () => false as const, on: {} });
// @ts-expect-error the payload is that of its event
webHandler({ secret: "s", url: "u", on: { STEP_FAILED: (event) => event.payload.data } });
// @ts-expect-error a client is not a store
webHandler({ secret: "s", url: "u", on: {}, idempotency: { get: () => null } });
// @ts-expect-error Node's request is for docutray-webhook/node
void handler({ headers: {}, method: "POST", url: "/" });
