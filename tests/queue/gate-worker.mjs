// Stands between the example's receiver and its queue. Nothing enters the queue until the test's ledger allows it.
import { WorkerEntrypoint } from "cloudflare:workers";

export class Gate extends WorkerEntrypoint {
  async send(message) {
    const { ok } = await fetch(`${this.env.LEDGER}/send`, { method: "POST", body: "{}" });
    if (!ok) {
      throw new Error("the test keeps it out of the queue");
    }
    await this.env.QUEUE.send(message);
  }
}

export default { fetch: () => new Response(null, { status: 404 }) };
