import type { Route } from "../../local/route.js";
import { rule } from "../../rules.js";
import type { Emulation } from "../emulation.js";
import { arrayOf, object } from "../../local/schema.js";
import { ref } from "../schemas.js";
import { commanded, orFault } from "./call.js";

/** What makes events happen, and what the endpoint is taken to answer. */
export function eventRoutes(emulation: Emulation): readonly Route[] {
  return [
    {
      method: "POST",
      path: "/api/events",
      summary: "Let an event happen, or a chain of events",
      body: ref("Trigger"),
      answers: { 202: { summary: "The deliveries that were started", schema: ref("Triggered") } },
      answer: async ({ body }) => ({ status: 202, body: await commanded(emulation, "trigger", {}, body) }),
    },
    {
      method: "GET",
      path: "/api/samples",
      summary: "The payloads that there are",
      answers: { 200: { summary: "Their names", schema: object({ items: arrayOf(ref("Sample")) }) } },
      answer: () => ({ status: 200, body: { items: rule("samples", {}) } }),
    },
    {
      method: "GET",
      path: "/api/samples/:name",
      summary: "A payload",
      answers: { 200: { summary: "The payload", schema: object({ event: { type: "string" }, body: ref("Bytes") }) } },
      answer: async ({ params: { name = "" } }) => {
        const now = Math.floor(Date.now() / 1_000);
        return { status: 200, body: await orFault(() => rule("sample", { name, now }), { status: { unknown_sample: 404 } }) };
      },
    },
    {
      method: "POST",
      path: "/api/answers",
      summary: "Script the answers to the next attempts, in place of the endpoint's",
      body: ref("Script"),
      answers: { 204: { summary: "They are scripted" } },
      answer: async ({ body }) => {
        await commanded(emulation, "script", {}, body);
        return { status: 204 };
      },
    },
    {
      method: "POST",
      path: "/api/reset",
      summary: "Forget all webhooks, deliveries and scripted answers, and set the clock to real time",
      answers: { 204: { summary: "All is forgotten" } },
      answer: async ({ body }) => {
        await commanded(emulation, "reset", {}, body);
        return { status: 204 };
      },
    },
  ];
}
