import type { Route } from "../../local/route.js";
import type { Emulation } from "../emulation.js";
import { arrayOf, object } from "../../local/schema.js";
import { ref } from "../schemas.js";
import { commanded, queried } from "./call.js";

const webhook = { summary: "The webhook", schema: ref("Webhook") };
const boolean = { type: "boolean" };

/** What Docutray's page "Settings > Organization > Webhooks" does. */
export function webhookRoutes(emulation: Emulation): readonly Route[] {
  return [
    {
      method: "GET",
      path: "/api/webhooks",
      summary: "All webhooks",
      answers: { 200: { summary: "The webhooks", schema: object({ items: arrayOf(ref("Webhook")) }) } },
      answer: async () => ({ status: 200, body: await queried(emulation, "webhooks") }),
    },
    {
      method: "POST",
      path: "/api/webhooks",
      summary: "Register an endpoint",
      body: object({ url: ref("Url"), "events?": { ...arrayOf(ref("Event")), description: "All nine by default" }, "enabled?": { ...boolean, default: true } }),
      answers: { 201: { summary: "The webhook, and its secret, which is shown this once", schema: ref("CreatedWebhook") } },
      answer: async ({ body }) => ({ status: 201, body: await commanded(emulation, "createWebhook", {}, body) }),
    },
    {
      method: "GET",
      path: "/api/webhooks/:id",
      summary: "One webhook",
      answers: { 200: webhook },
      answer: async ({ params }) => ({ status: 200, body: await queried(emulation, "webhook", params) }),
    },
    {
      method: "PATCH",
      path: "/api/webhooks/:id",
      summary: "Edit, enable or disable a webhook: what is given is changed",
      body: object({ "url?": ref("Url"), "events?": arrayOf(ref("Event")), "enabled?": boolean }),
      answers: { 200: webhook },
      answer: async ({ params, body }) => ({ status: 200, body: (await commanded(emulation, "updateWebhook", params, body))["webhook"] }),
    },
    {
      method: "DELETE",
      path: "/api/webhooks/:id",
      summary: "Delete a webhook. Its open deliveries are given up",
      answers: { 204: { summary: "It is deleted" } },
      answer: async ({ params }) => {
        await commanded(emulation, "deleteWebhook", params);
        return { status: 204 };
      },
    },
    {
      method: "POST",
      path: "/api/webhooks/:id/secret",
      summary: "Regenerate the secret. The old one stops at once",
      answers: { 200: { summary: "The new secret", schema: ref("Secret") } },
      answer: async ({ params }) => ({ status: 200, body: await commanded(emulation, "regenerateSecret", params) }),
    },
  ];
}
