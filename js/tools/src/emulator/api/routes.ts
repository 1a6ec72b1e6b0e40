import type { Route } from "../../local/route.js";
import type { Emulation } from "../emulation.js";
import { clockRoutes } from "./clock.js";
import { deliveryRoutes } from "./deliveries.js";
import { eventRoutes } from "./events.js";
import { webhookRoutes } from "./webhooks.js";

/** The API of the emulator. Its requests become commands and queries of the state machine. */
export function routesOf(emulation: Emulation): readonly Route[] {
  return [...webhookRoutes(emulation), ...eventRoutes(emulation), ...deliveryRoutes(emulation), ...clockRoutes(emulation)];
}
