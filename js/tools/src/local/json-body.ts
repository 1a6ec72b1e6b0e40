import type { IncomingMessage } from "node:http";
import { ApiFault } from "./route.js";

/** Reads bodies of JSON. All bodies that are being read share a budget. */
export class JsonBodies {
  readonly #most: number;
  readonly #budget: number;
  #held = 0;

  /**
   * @param most - The largest body, in bytes.
   * @param budget - The most bytes that all bodies that are being read may hold together.
   */
  constructor(most: number, budget: number) {
    this.#most = most;
    this.#budget = budget;
  }

  /**
   * Returns the JSON of the body, `{}` for an empty one.
   *
   * @throws {ApiFault} `body_too_large`, `busy`, `malformed_json`, or `aborted` if the client has gone.
   */
  async read(request: IncomingMessage): Promise<unknown> {
    if (Number(request.headers["content-length"] ?? 0) > this.#most) {
      throw this.#tooLarge();
    }
    const chunks: Buffer[] = [];
    let held = 0;
    try {
      for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
        held += chunk.length;
        this.#held += chunk.length;
        if (held > this.#most) {
          throw this.#tooLarge();
        }
        if (this.#held > this.#budget) {
          throw new ApiFault(503, "busy", "Too many large requests are under way. Send this one again when they have ended.");
        }
        chunks.push(chunk);
      }
      return parsed(Buffer.concat(chunks));
    } catch (error) {
      throw error instanceof ApiFault ? error : new ApiFault(400, "aborted", "The body ended too early.");
    } finally {
      this.#held -= held;
    }
  }

  #tooLarge(): ApiFault {
    return new ApiFault(413, "body_too_large", `The body may have ${this.#most} bytes.`);
  }
}

function parsed(bytes: Buffer): unknown {
  if (bytes.length === 0) {
    return {};
  }
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (error) {
    throw new ApiFault(400, "malformed_json", `The body is not JSON: ${(error as Error).message}`);
  }
}
