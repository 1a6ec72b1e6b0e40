import { ApiFault, type Route, type RouteRequest } from "../../local/route.js";
import { WAIT, waitOf } from "../../local/wait.js";
import { rule } from "../../rules.js";
import type { Answers } from "../../emulator-machine.js";
import type { Emulation } from "../emulation.js";
import { FILTERS, LIMIT, filtersOf } from "../parameters.js";
import { arrayOf, object } from "../../local/schema.js";
import { count, ref } from "../schemas.js";
import { commanded, orFault, queried } from "./call.js";

const listed = object({
  items: arrayOf(ref("Delivery")),
  matching: { ...count, description: "How many there are, beyond the limit, too" },
  dropped: { ...count, description: "How many older deliveries were forgotten for want of room" },
});
const whole = { summary: "The delivery with its attempts", schema: ref("Delivery") };

/** The history. */
export function deliveryRoutes(emulation: Emulation): readonly Route[] {
  return [
    {
      method: "GET",
      path: "/api/deliveries",
      summary: "The deliveries, newest first, without payloads and headers",
      query: { ...FILTERS, ...LIMIT, ...WAIT },
      answers: { 200: { summary: "What fits", schema: listed } },
      answer: async (request) => ({ status: 200, body: await chosen(emulation, request) }),
    },
    {
      method: "GET",
      path: "/api/deliveries/latest",
      summary: "The newest delivery",
      query: { ...FILTERS, ...WAIT },
      answers: { 200: whole },
      answer: async (request) => {
        const [latest] = (await chosen(emulation, request)).items;
        if (latest === undefined) {
          throw new ApiFault(404, "no_delivery", "No delivery fits.");
        }
        return { status: 200, body: await queried(emulation, "delivery", { id: latest.id }) };
      },
    },
    {
      method: "GET",
      path: "/api/deliveries/:id",
      summary: "One delivery",
      answers: { 200: whole },
      answer: async ({ params }) => ({ status: 200, body: await queried(emulation, "delivery", params) }),
    },
    {
      method: "GET",
      path: "/api/deliveries/:id/tree",
      summary: "The payload of a delivery as a tree",
      answers: { 200: { summary: "The tree", schema: ref("Tree") } },
      answer: async ({ params }) => {
        const { payload } = await queried(emulation, "delivery", params);
        return { status: 200, body: await orFault(() => rule("tree", { body: payload ?? { text: "" } })) };
      },
    },
    {
      method: "POST",
      path: "/api/deliveries/:id/again",
      summary: "Send a delivery again, as a new one",
      body: ref("Again"),
      answers: { 202: { summary: "The new delivery", schema: ref("Triggered") } },
      answer: async ({ params: { id }, body }) => ({ status: 202, body: await commanded(emulation, "again", { delivery: id }, body) }),
    },
  ];
}

/** @throws {ApiFault} `timeout` if none has come in the time to wait. */
async function chosen(emulation: Emulation, request: RouteRequest): Promise<Answers["deliveries"]> {
  const milliseconds = waitOf(request);
  const filters = filtersOf(request);
  const find = () => emulation.query({ ...filters, type: "deliveries", summary: true });
  const there = await orFault(find, { misfit: "invalid_parameter" });
  if (milliseconds === 0 || there.items.length > 0) {
    return there;
  }
  const found = await emulation.until(() => {
    const now = find();
    return now.items.length > 0 ? now : undefined;
  }, milliseconds, request.signal);
  if (found === undefined) {
    throw new ApiFault(408, "timeout", `No delivery that fits has come within ${milliseconds} ms.`, "wait");
  }
  return found;
}
