// Reads which functions an Express application runs for a request. Express does not document its list. These are the parts
// that Express 4 and 5 share.

/** The parts of an Express request that are used. */
export interface ExpressRequest {
  readonly method: string;
  readonly originalUrl: string;
  readonly app: Application;
  readonly route?: Route | undefined;
  readonly body?: unknown;
}

interface Application {
  /** Express 4 only. Reading `router` throws there. */
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

/** A function, router, application or route, with the paths for which it runs. */
export interface Layer {
  readonly name: string;
  readonly handle: object;
  readonly route?: Route | undefined;
  /** Within a route only. `undefined` means all methods. */
  readonly method?: string | undefined;
  /** In Express 4, the path that `match` has matched. */
  readonly path?: string | undefined;
  match(path: string): boolean | { readonly path: string };
}

/** A layer with its position. */
export interface Place {
  readonly layer: Layer;
  readonly siblings: readonly Layer[];
  /** The beginning of the remaining path, for which the layer runs. */
  readonly mount: string;
}

/** The outer layers of a layer, and then the layer itself. */
export type Trail = readonly Place[];

/** Yields what the application runs for the request, in order, as if no function ended it. */
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

/** Returns the trail's last layer. */
export function layerOf(trail: Trail): Layer {
  return placeAt(trail, trail.length - 1).layer;
}

/** Whether the layer is a mounted application, which does not show what it runs. */
export function isApplication(layer: Layer): boolean {
  return layer.name === "mounted_app";
}

/** Returns the applications in which this one is mounted, and then this one. */
function outermostFirst(app: Application): Router[] {
  const outer = app.parent === undefined ? [] : outermostFirst(app.parent);
  return [...outer, app._router ?? app.router];
}

/** Returns the beginning of the path for which the layer runs. */
function matched(layer: Layer, path: string): string | undefined {
  const match = layer.match(path);
  if (typeof match === "object") {
    return match.path;
  }
  return match ? layer.path : undefined;
}
