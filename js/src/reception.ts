// The types that every handler's entry has.

export type { EventHandler, EventHandlers } from "./reception/handlers.js";
export type { Lease } from "./reception/lease.js";
export type { HandlerOptions } from "./reception/options.js";
export type { DeliveryError, DeliveryRecord, Verdict } from "./reception/record.js";
