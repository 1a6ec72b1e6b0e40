// The types that every handler's entry exports.

export type { EventHandler, EventHandlers } from "./receiver/handlers.js";
export type { Logger } from "./receiver/logger.js";
export type { ErrorContext, ErrorContextCode, OnError } from "./receiver/report.js";
export type { Tracer, TraceSpan } from "./receiver/tracing.js";
export type { Lease } from "./receiver/lease.js";
export type { HandlerOptions } from "./receiver/options.js";
export type { ReceivedRequest } from "./receiver/received-request.js";
export type { HandlerVerifierOptions } from "./receiver/handler-verifier-options.js";
export type { DeliveryError, DeliveryRecord, OutcomeCode, Verdict } from "./receiver/record.js";
