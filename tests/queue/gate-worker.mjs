// Stands between the example's receiver and its queue: nothing gets into the queue before the test's ledger says so.
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
