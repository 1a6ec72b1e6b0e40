// Checked by Deno, never run. Deno's own database has the right type.
import { denoKv, type Store } from "docutray-webhook/idempotency";

export const store: Store = denoKv(await Deno.openKv(), { lease: 60, remember: 86_400, prefix: "orders" });
// @ts-expect-error the database, not the promise of one
denoKv(Deno.openKv());
// @ts-expect-error a prefix is text, one part of a key
denoKv(await Deno.openKv(), { prefix: ["orders"] });
