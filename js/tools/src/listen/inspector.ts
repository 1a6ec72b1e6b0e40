// The inspector's API. Its server is not the one that receives, so a tunnel to the receiving socket does not lead to it.

import { ApiFault, type Route, type RouteAnswer, type RouteRequest } from "../local/route.js";
import { until } from "../local/until.js";
import { WAIT, waitOf } from "../local/wait.js";
import { rule, RuleFault } from "../rules.js";
import type { Capture, CaptureDetail, CaptureList, CaptureSummary, ListenerSettings } from "../wire.js";
import { againOf, answersOf } from "./bodies.js";
import type { Captures } from "./captures.js";
import type { Listener } from "./listener.js";
import { FILTER, MOST_LISTED, filterOf, limitOf } from "./query.js";
import { reference } from "./schemas.js";
import { MOST_ANSWERS, type Script } from "./script.js";

export interface Inspected {
  readonly listener: Listener;
  readonly captures: Captures;
  readonly script: Script;
  readonly settings: ListenerSettings;
}

export function inspectorRoutes({ listener, captures, script, settings }: Inspected): Route[] {
  return [
    {
      method: "GET",
      path: "/api/captures",
      summary: "The captures that fit, the newest first, without headers and bodies",
      query: { ...FILTER, ...WAIT, limit: { summary: "At most so many", schema: { type: "string", pattern: "^\\d{1,3}$", default: String(MOST_LISTED) } } },
      answers: { 200: { summary: "The list, and how many older captures were dropped", schema: reference("CaptureList") } },
      answer: async (request) => {
        const [filter, limit] = [filterOf(request.query), limitOf(request.query)];
        await awaited(captures, request);
        const items = captures.list(filter, limit).map(summary);
        return ok({ items, dropped: captures.dropped } satisfies CaptureList);
      },
    },
    {
      method: "GET",
      path: "/api/captures/latest",
      summary: "The newest capture that fits",
      query: { ...FILTER, ...WAIT },
      answers: { 200: { summary: "The capture", schema: reference("CaptureDetail") } },
      answer: async (request) => {
        const capture = (await awaited(captures, request)) ?? captures.latest(filterOf(request.query));
        return ok(detail(listener, there(capture)));
      },
    },
    {
      method: "GET",
      path: "/api/captures/:id",
      summary: "A capture, and what a right receiver answers if it is sent now as it was captured",
      answers: { 200: { summary: "The capture", schema: reference("CaptureDetail") } },
      answer: ({ params }) => ok(detail(listener, one(captures, params))),
    },
    {
      method: "GET",
      path: "/api/captures/:id/tree",
      summary: "The payload as a tree, whose numbers keep their digits",
      answers: { 200: { summary: "The tree", schema: reference("Tree") } },
      answer: ({ params }) => ok(treeOf(one(captures, params))),
    },
    {
      method: "POST",
      path: "/api/captures/:id/again",
      summary: "Sends a capture to the developer's server again, and waits for the answer",
      body: reference("Again"),
      answers: { 200: { summary: "The new capture, with its answer", schema: reference("CaptureDetail") } },
      answer: async ({ params, body }) => {
        const { how, body: edited } = againOf(body);
        return ok(detail(listener, await listener.again(one(captures, params), how, edited)));
      },
    },
    {
      method: "POST",
      path: "/api/answers",
      summary: "Says what the next deliveries are answered, in this order",
      body: reference("Answers"),
      answers: { 200: { summary: "How many answers wait", schema: reference("Waiting") } },
      answer: ({ body }) => {
        const answers = answersOf(body);
        if (script.length + answers.length > MOST_ANSWERS) {
          throw new ApiFault(409, "too_many_answers", `At most ${MOST_ANSWERS} answers may wait. ${script.length} do.`, "answers");
        }
        script.add(answers);
        return ok({ waiting: script.length });
      },
    },
    {
      method: "GET",
      path: "/api/settings",
      summary: "How the listener was started, without its secrets",
      answers: { 200: { summary: "The settings", schema: reference("Settings") } },
      answer: () => ok(settings),
    },
  ];
}

function ok(body: unknown): RouteAnswer {
  return { status: 200, body };
}

/** Waits as long as the query says, if it says so, and returns the newest answered capture that fits. */
async function awaited(captures: Captures, request: RouteRequest): Promise<Capture | undefined> {
  const milliseconds = waitOf(request);
  if (milliseconds === 0) {
    return undefined;
  }
  const filter = filterOf(request.query);
  const capture = await until(captures, () => captures.latestAnswered(filter), milliseconds, request.signal);
  if (capture === undefined) {
    throw new ApiFault(408, "timeout", "No answered capture that fits came in time.", "wait");
  }
  return capture;
}

function one(captures: Captures, { id = "" }: RouteRequest["params"]): Capture {
  return there(captures.get(id));
}

function there(capture: Capture | undefined): Capture {
  if (capture === undefined) {
    throw new ApiFault(404, "no_capture", "There is no such capture, or it is not kept any more.");
  }
  return capture;
}

function summary({ headers: _headers, body: _body, answer, ...capture }: Capture): CaptureSummary {
  if (answer === undefined || "failure" in answer) {
    return answer === undefined ? capture : { ...capture, answer };
  }
  const { status, milliseconds } = answer;
  return { ...capture, answer: { status, milliseconds } };
}

function detail(listener: Listener, capture: Capture): CaptureDetail {
  return capture.bodyTruncated === true ? capture : { ...capture, replay: listener.replay(capture) };
}

function treeOf({ body }: Capture): unknown {
  try {
    return rule("tree", { body });
  } catch (error) {
    throw error instanceof RuleFault ? new ApiFault(422, error.code, error.message, error.field) : error;
  }
}
