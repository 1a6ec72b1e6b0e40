import { randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";
import { ApiFault } from "./route.js";

/** How many messages are kept for a client that connects again. */
const KEPT = 1_000;
/** How many clients may listen at a time. A browser has at most six connections to a server. */
const MOST_CLIENTS = 32;
/** A client that has not read so many bytes is disconnected. It connects again by itself. */
const MOST_UNREAD = 1024 * 1024;
/** How soon a browser connects again, in milliseconds. */
const RETRY = 1_000;

/** Messages for pages, as server-sent events. */
export class EventStream {
  /** Tells this process's ids from those of an earlier one. */
  readonly #process = randomBytes(4).toString("hex");
  readonly #clients = new Set<ServerResponse>();
  #kept: string[] = [];
  #last = 0;
  #isClosed = false;

  /** Sends a message to all clients. */
  send(message: unknown): void {
    this.#last += 1;
    const event = `id: ${this.#process}-${this.#last}\ndata: ${JSON.stringify(message)}\n\n`;
    this.#kept.push(event);
    if (this.#kept.length > 2 * KEPT) {
      this.#kept = this.#kept.slice(-KEPT);
    }
    for (const client of this.#clients) {
      client.write(event);
      if (client.writableLength > MOST_UNREAD) {
        client.destroy();
      }
    }
  }

  /**
   * Answers with the messages after `lastEventId`, and then with each new one. A client whose place is not kept any more gets an
   * event `reload` instead: it has to read everything again.
   *
   * @throws {ApiFault} `busy`.
   */
  open(response: ServerResponse, lastEventId: string | undefined): void {
    if (this.#isClosed || this.#clients.size >= MOST_CLIENTS) {
      throw new ApiFault(503, "busy", `At most ${MOST_CLIENTS} pages may listen at a time. Close some.`);
    }
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(`retry: ${RETRY}\n\n${this.#missed(lastEventId)}`);
    this.#clients.add(response);
    response.once("close", () => this.#clients.delete(response));
  }

  /** Ends all clients' streams. */
  close(): void {
    this.#isClosed = true;
    for (const client of this.#clients) {
      client.end();
    }
  }

  #missed(lastEventId: string | undefined): string {
    if (lastEventId === undefined) {
      return "";
    }
    const [process, number] = lastEventId.split("-");
    const count = this.#last - Number(number);
    const isKept = process === this.#process && count >= 0 && count <= this.#kept.length;
    const current = `id: ${this.#process}-${this.#last}\nevent: reload\ndata: {}\n\n`;
    return isKept ? this.#kept.slice(this.#kept.length - count).join("") : current;
  }
}
