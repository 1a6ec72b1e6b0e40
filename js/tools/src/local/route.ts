/** A JSON Schema of draft 2020-12, as OpenAPI 3.1 takes it. */
export type Schema = Readonly<Record<string, unknown>>;

/** An operation of the local API. The OpenAPI description is made from it. */
export interface Route {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Its segments are words, or parameters such as `:id`. */
  readonly path: string;
  readonly summary: string;
  /** The query parameters by their names. Any other is refused. */
  readonly query?: Readonly<Record<string, { readonly summary: string; readonly schema: Schema }>>;
  /** What the JSON body has to be. Without it the body is not looked at. */
  readonly body?: Schema;
  /** What a good answer is, by its status. */
  readonly answers: Readonly<Record<number, GoodAnswer>>;
  /** @throws {ApiFault} for a request that it refuses. */
  answer(request: RouteRequest): RouteAnswer | Promise<RouteAnswer>;
}

export interface GoodAnswer {
  readonly summary: string;
  readonly schema?: Schema;
  /** JSON by default. */
  readonly mediaType?: string;
}

export interface RouteRequest {
  /** The parameters of the path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  /** The body's JSON; `{}` without a body. */
  readonly body: unknown;
  /** Aborted when the client has gone or the server closes. */
  readonly signal: AbortSignal;
}

export interface RouteAnswer {
  readonly status: number;
  /** Becomes JSON. */
  readonly body?: unknown;
}

/** A request is refused. Its answer is `{"error": {"code", "message", "field"?}}`. */
export class ApiFault extends Error {
  readonly status: number;
  readonly code: string;
  /** The member of the body, the header or the parameter. */
  readonly field: string | undefined;

  constructor(status: number, code: string, message: string, field?: string) {
    super(message);
    this.name = "ApiFault";
    this.status = status;
    this.code = code;
    this.field = field;
  }
}

/** A route that fits a path, and the parameters of the path. */
export interface Match {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

/**
 * @throws {ApiFault} `not_found` if there is no such path, `method_not_allowed` if it has other methods.
 */
export function match(routes: readonly Route[], method: string, path: string): Match {
  const fitting = routes.flatMap((route) => {
    const params = parameters(route.path, path);
    return params === undefined ? [] : [{ route, params }];
  });
  if (fitting.length === 0) {
    throw new ApiFault(404, "not_found", "There is nothing at this path. GET /api/openapi.json describes the API.");
  }
  // A server answers HEAD as GET, without the body.
  const wanted = method === "HEAD" ? "GET" : method;
  const found = fitting.find(({ route }) => route.method === wanted);
  if (found === undefined) {
    const methods = fitting.map(({ route }) => route.method).join(", ");
    throw new ApiFault(405, "method_not_allowed", `This path takes ${methods}.`);
  }
  return found;
}

function parameters(pattern: string, path: string): Record<string, string> | undefined {
  const [wanted, given] = [pattern.split("/"), path.split("/")];
  if (wanted.length !== given.length) {
    return undefined;
  }
  const params: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const text = given[index] ?? "";
    if (!segment.startsWith(":")) {
      if (segment !== text) {
        return undefined;
      }
      continue;
    }
    const value = decoded(text);
    if (value === undefined || value === "") {
      return undefined;
    }
    params[segment.slice(1)] = value;
  }
  return params;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
