import { invalidBody, membersOf } from "../../local/members.js";
import type { Route } from "../../local/route.js";
import type { Emulation } from "../emulation.js";
import { ref } from "../schemas.js";
import { commanded, queried } from "./call.js";

/** How long an answer waits for the clock to be turned, in milliseconds. */
const LONGEST_WAIT = 60_000;

/** The emulator's clock, and how it was started. */
export function clockRoutes(emulation: Emulation): readonly Route[] {
  return [
    {
      method: "GET",
      path: "/api/clock",
      summary: "The emulator's clock",
      answers: { 200: { summary: "The clock", schema: ref("Clock") } },
      answer: async () => ({ status: 200, body: await queried(emulation, "clock") }),
    },
    {
      method: "POST",
      path: "/api/clock",
      summary: "Turn the clock forward, or change its speed",
      body: ref("TurnClock"),
      answers: {
        200: { summary: "The clock, after all retries that were due", schema: ref("Clock") },
        202: { summary: "The same, where an attempt has not been answered for a minute", schema: ref("Clock") },
      },
      answer: async ({ body, signal }) => {
        await turn(emulation, body);
        const isSettled = await emulation.isSettled(LONGEST_WAIT, signal);
        return { status: isSettled ? 200 : 202, body: await queried(emulation, "clock") };
      },
    },
    {
      method: "GET",
      path: "/api/settings",
      summary: "How the emulator was started",
      answers: { 200: { summary: "What Docutray leaves open, and how much is kept", schema: ref("Settings") } },
      answer: async () => ({ status: 200, body: await queried(emulation, "settings") }),
    },
  ];
}

async function turn(emulation: Emulation, body: unknown): Promise<void> {
  const members = membersOf(body);
  const [name, ...others] = Object.keys(members);
  if (others.length > 0 || (name !== "advance" && name !== "speed")) {
    throw invalidBody(undefined, 'has to be {"advance": seconds} or {"speed": number}');
  }
  if (name === "advance") {
    await commanded(emulation, "advance", {}, { seconds: members["advance"] });
  } else {
    await commanded(emulation, "setSpeed", {}, members);
  }
}
