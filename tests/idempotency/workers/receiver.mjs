// A receiver of deliveries as the documentation of `durableObject` has it.
import { env } from "cloudflare:workers";
import { createHandler } from "docutray-webhook/handler";
import { durableObject } from "docutray-webhook/idempotency";
import { SECRET, URL } from "../settings.mjs";

export { ClaimObject } from "docutray-webhook/idempotency";

const handler = createHandler({
  secret: SECRET,
  url: URL,
  idempotency: durableObject(env.CLAIMS),
  on: { CONVERSION_COMPLETED: () => {} },
});

export default { fetch: (request) => handler(request) };
