// What an Express application runs for a request, by its own list. The list is not documented: these are the parts that
// Express 4 and 5 have in common.

/** As much of a request of Express as is used. */
export interface ExpressRequest {
  readonly method: string;
  readonly originalUrl: string;
  readonly app: Application;
  readonly route?: Route | undefined;
  readonly body?: unknown;
}

interface Application {
  /** Of Express 4, where `router` throws. */
  readonly _router?: Router | undefined;
  readonly router: Router;
  readonly parent?: Application | undefined;
}

interface Router {
  readonly stack: readonly Layer[];
}

interface Route extends Router {
  readonly path: unknown;
}

/** A function, router, application or route, and the paths it runs for. */
export interface Layer {
  readonly name: string;
  readonly handle: object;
  readonly route?: Route | undefined;
  /** Within a route; none is all. */
  readonly method?: string | undefined;
  /** What `match` has matched, in Express 4. */
  readonly path?: string | undefined;
  match(path: string): boolean | { readonly path: string };
}

/** A layer where it stands. */
export interface Place {
  readonly layer: Layer;
  readonly siblings: readonly Layer[];
  /** The beginning of what was left of the path, for which it runs. */
  readonly mount: string;
}

/** A layer, and before it those that it is in. */
export type Trail = readonly Place[];

/** What the application runs for the request, in its order, as if nothing ended it. */
export function running(request: ExpressRequest): Iterable<Trail> {
  const [path = "/"] = request.originalUrl.split("?");
  const method = request.method.toLowerCase();
  const applications = outermostFirst(request.app);
  return within(applications[0], path, []);

  function* within(router: Router | undefined, path: string, outer: readonly Place[]): Generator<Trail> {
    const siblings = router?.stack ?? [];
    for (const layer of siblings) {
      const mount = matched(layer, path);
      if (mount === undefined || (layer.method ?? method) !== method) {
        continue;
      }
      const trail: Trail = [...outer, { layer, siblings, mount }];
      yield trail;
      yield* within(inner(trail), path.slice(mount.length).replace(/^\/?/, "/"), trail);
    }
  }

  function inner(trail: Trail): Router | undefined {
    const layer = layerOf(trail);
    if (isApplication(layer)) {
      return applications[trail.filter((place) => isApplication(place.layer)).length];
    }
    return layer.route ?? ("stack" in layer.handle ? (layer.handle as Router) : undefined);
  }
}

export function placeAt(trail: Trail, depth: number): Place {
  return trail[depth] as Place;
}

/** What the trail leads to. */
export function layerOf(trail: Trail): Layer {
  return placeAt(trail, trail.length - 1).layer;
}

/** An application within another hides what it runs. */
export function isApplication(layer: Layer): boolean {
  return layer.name === "mounted_app";
}

/** The application, and before it those that it is mounted in. */
function outermostFirst(app: Application): Router[] {
  const outer = app.parent === undefined ? [] : outermostFirst(app.parent);
  return [...outer, app._router ?? app.router];
}

/** The beginning of the path that the layer runs for. */
function matched(layer: Layer, path: string): string | undefined {
  const match = layer.match(path);
  if (typeof match === "object") {
    return match.path;
  }
  return match ? layer.path : undefined;
}
