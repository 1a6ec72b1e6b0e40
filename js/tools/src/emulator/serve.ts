import { EventStream } from "../local/event-stream.js";
import type { Listening } from "../local/loopback.js";
import { startLocalServer } from "../local/server.js";
import { page } from "../pages.js";
import { routesOf } from "./api/routes.js";
import type { Emulation } from "./emulation.js";
import { SCHEMAS } from "./schemas.js";

/**
 * Serves the page and the API of an emulator.
 *
 * @throws {PortTaken}
 */
export async function serve(emulation: Emulation, port: number): Promise<Listening> {
  const stream = new EventStream();
  emulation.driver.onChanged((changed) => {
    if (changed.length > 0) {
      stream.send({ changed });
    }
  });
  const title = "Docutray's webhooks, emulated";
  return await startLocalServer({ port, routes: routesOf(emulation), page: page("emulate"), stream, title, schemas: SCHEMAS });
}
