import { isApplication, layerOf, placeAt, running, type ExpressRequest, type Layer, type Trail } from "./stack.js";

/** The names of body parsers in Express's list, and how each is written in a program. */
const PARSERS: ReadonlyMap<string, string> = new Map([
  ["jsonParser", "express.json()"],
  ["urlencodedParser", "express.urlencoded()"],
  ["textParser", "express.text()"],
  ["rawParser", "express.raw()"],
]);

/**
 * Finds the parser of an Express application that ran before the handler. Says which line to move, and where. In a NestJS
 * application the user did not write these lines, so it names the option instead.
 *
 * @returns `undefined` if the application's list does not show it.
 */
export function lineToMove(request: ExpressRequest, handler: object): string | undefined {
  const trails = [...running(request)];
  if (trails.some((trail) => isOfNest(layerOf(trail)))) {
    return NEST;
  }
  const end = indexOfHandler(trails, request, handler);
  const target = trails[end];
  const parser = target && culprit(trails.slice(0, end), request.body);
  return parser && `${named(parser)} ran before this handler and the raw body is gone: ${advice(parser, target)}`;
}

const NEST =
  "the body parser of NestJS ran before this handler, and the raw body is gone: create the application with " +
  "NestFactory.create(AppModule, { rawBody: true }), and let no other body parser run for this route";

/** NestJS (tested: 10 to 12) wraps each route and middleware in a function whose source names this class. */
function isOfNest({ handle }: Layer): boolean {
  return String(handle).includes("ExecutionContextHost");
}

function indexOfHandler(trails: readonly Trail[], { route }: ExpressRequest, handler: object): number {
  const index = trails.findIndex((trail) => layerOf(trail).handle === handler);
  // If one of the application's own functions calls the handler, this is the last function of the route.
  const isOfRoute = (trail: Trail): boolean => route !== undefined && trail.some(({ layer }) => layer.route === route);
  return index >= 0 ? index : trails.map(isOfRoute).lastIndexOf(true);
}

/** Returns the parser that leaves such a body. */
function culprit(trails: readonly Trail[], body: unknown): Trail | undefined {
  const parsers = trails.filter((trail) => PARSERS.has(layerOf(trail).name));
  const likely = typeof body === "string" ? "textParser" : "jsonParser";
  return parsers.find((trail) => layerOf(trail).name === likely) ?? parsers[0];
}

function advice(parser: Trail, target: Trail): string {
  // The depth at which the two trails part, and that of the handler's own line. A route's functions are written in one line.
  const parting = target.findIndex(({ layer }, depth) => layer !== parser[depth]?.layer);
  const own = target.findIndex(({ layer }, depth) => layer.route !== undefined || depth === target.length - 1);
  if (parting > own) {
    return `take ${named(parser)} out of ${line(target, own)}`;
  }
  const moved = line(target, own) + (own > parting ? elsewhere(target, parting, own) : "");
  return `move ${moved} above ${line(parser, parting)}${position(parser, parting)}`;
}

/** Writes a router's route as it is written outside of the router. */
function elsewhere(trail: Trail, depth: number, own: number): string {
  const mounts = trail.slice(depth, own + 1).map(({ mount }) => mount);
  const path = mounts.join("").replace(/(?<=.)\/$/, "");
  return ` out of its ${container(trail, own - 1)}, as ${owner(trail, depth)}.${verb(trail)}("${path}", ...),`;
}

/** Writes a layer of the trail as it is written in a program. */
function line(trail: Trail, depth: number): string {
  const { layer, mount } = placeAt(trail, depth);
  if (layer.route !== undefined) {
    return `${owner(trail, depth)}.${verb(trail)}(${shown(layer.route.path)}, ...)`;
  }
  const given = PARSERS.get(layer.name) ?? (depth < trail.length - 1 ? container(trail, depth) : "...");
  return `${owner(trail, depth)}.use(${mount === "" || mount === "/" ? "" : `"${mount}", `}${given})`;
}

/** Says which of several layers is meant, since similar lines are common. */
function position(trail: Trail, depth: number): string {
  const { layer, siblings } = placeAt(trail, depth);
  if (layer.route !== undefined) {
    return "";
  }
  // Express 4 adds two layers of its own at the beginning.
  const given = siblings.slice(siblings[1]?.name === "expressInit" ? 2 : 0).filter(({ route }) => route === undefined);
  const has = depth < trail.length - 1 ? `, which has ${named(trail)}` : "";
  return `, the ${ordinal(given.indexOf(layer) + 1)} function that ${owner(trail, depth)}.use was given${has}`;
}

function container(trail: Trail, depth: number): "application" | "router" {
  return isApplication(placeAt(trail, depth).layer) ? "application" : "router";
}

function owner(trail: Trail, depth: number): "app" | "router" {
  const outer = trail[depth - 1]?.layer;
  return outer === undefined || isApplication(outer) ? "app" : "router";
}

/** Returns the method with which a layer was added. */
function verb(trail: Trail): string {
  const { handle, method = "all" } = layerOf(trail);
  const route = trail[trail.length - 2]?.layer.route;
  if (route === undefined) {
    return "use";
  }
  // For `all`, Express 4 adds one layer for each method.
  return route.stack.filter((layer) => layer.handle === handle).length > 1 ? "all" : method;
}

function named(parser: Trail): string | undefined {
  return PARSERS.get(layerOf(parser).name);
}

/** Writes a route's path: text, a regular expression, or a list of them. */
function shown(path: unknown): string {
  if (Array.isArray(path)) {
    return `[${path.map(shown).join(", ")}]`;
  }
  return typeof path === "string" ? `"${path}"` : String(path);
}

function ordinal(count: number): string {
  const isTeen = Math.floor(count / 10) % 10 === 1;
  const ending = isTeen ? undefined : ["th", "st", "nd", "rd"][count % 10];
  return `${count}${ending ?? "th"}`;
}
