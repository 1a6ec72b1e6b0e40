// A handler of events with `data`: one field of the payload chooses the schema that checks the data.

import type { ConversionCompletedEvent, StepCompletedEvent } from "../event.js";
import type { ConfigProblem } from "../module/failure.js";
import { invalidOptions, nearest, read, unknownNames } from "../options.js";
import type { EventHandler } from "../receiver/handlers.js";
import { handlingOnly } from "../receiver/handles.js";
import type { Lease } from "../receiver/lease.js";
import { UnfitPayload } from "../unfit-payload.js";
import { valueKind } from "../value-kind.js";
import { pathOfFirst } from "./issue-path.js";
import type { StandardSchema } from "./standard-schema.js";

/** Schemas by name. `"*"` names the handler for all other names, so no schema may have it. */
export type Schemas = { readonly [name: string]: StandardSchema } & { readonly "*"?: never };

/** The events with `data`. */
type EventWithData = ConversionCompletedEvent | StepCompletedEvent;

/** How a schema is chosen. */
export interface SchemaChoice<Event extends EventWithData> {
  /** The name of the public function, for errors about its arguments. */
  readonly caller: string;
  /** What the schemas are named after, in words. */
  readonly what: string;
  /** Returns the name in an event's payload. */
  readonly nameOf: (event: Event) => string;
}

type AnyHandler = (event: never, lease: Lease) => unknown;

const ALL_OTHERS = "*";

/**
 * @throws {@link WebhookError} `invalid_config` with everything that is wrong: no schema, a value that is not a schema, a
 * schema without a handler, a handler without a schema.
 */
export function typedData<Event extends EventWithData>(
  { caller, what, nameOf }: SchemaChoice<Event>,
  schemas: object,
  handlers: object,
): EventHandler<Event> {
  const checked = checkedArguments(caller, schemas, handlers);
  const handlerOf = (event: Event) => checked.handlers.get(nameOf(event)) ?? checked.handlers.get(ALL_OTHERS);
  async function handle(event: Event, lease: Lease): Promise<unknown> {
    const [name, handler] = [nameOf(event), handlerOf(event)];
    const schema = checked.schemas.get(name);
    if (schema !== undefined) {
      const { payload } = event;
      const result = await schema["~standard"].validate(payload.data);
      if (result.issues) {
        const field = pathOfFirst(result.issues, "data");
        throw new UnfitPayload({ field, expected: `what the schema for the ${what} ${name} expects` });
      }
      event.payload = { ...payload, data: result.value as typeof payload.data };
    }
    return handler?.(event as never, lease);
  }
  return handlingOnly(handle, (event: Event) => handlerOf(event) !== undefined);
}

/** Maps, since a payload may contain any name, `constructor` too. */
interface CheckedArguments {
  readonly schemas: ReadonlyMap<string, StandardSchema>;
  readonly handlers: ReadonlyMap<string, AnyHandler>;
}

/** Takes the rest of a sentence about what is wrong. */
type Wrong = (problem: string) => void;

function checkedArguments(caller: string, schemas: unknown, handlers: unknown): CheckedArguments {
  for (const [place, given] of Object.entries({ first: schemas, second: handlers })) {
    if (typeof given !== "object" || given === null) {
      throw new TypeError(`${caller} takes an object of schemas and one of handlers, but its ${place} argument is ${valueKind(given)}`);
    }
  }
  const problems: ConfigProblem[] = [];
  const wrong: Wrong = (problem) => void problems.push({ option: caller, problem: `${caller} ${problem}` });
  const names = Object.keys(schemas as object);
  const checked = {
    schemas: checkedSchemas(schemas as object, names, wrong),
    handlers: checkedHandlers(handlers as object, names, wrong),
  };
  if (problems.length > 0) {
    throw invalidOptions(problems);
  }
  return checked;
}

function checkedSchemas(given: object, names: readonly string[], wrong: Wrong): ReadonlyMap<string, StandardSchema> {
  const schemas = new Map<string, StandardSchema>();
  for (const name of names) {
    const schema = read(given, name);
    if (name === ALL_OTHERS) {
      wrong('has a schema named "*", which is the name of the handler for all others');
    } else if (isStandardSchema(schema)) {
      schemas.set(name, schema);
    } else {
      wrong(
        `has to have a schema for ${name} that implements Standard Schema, version 1 (zod from 3.24 on, valibot, arktype), ` +
          `but it is ${valueKind(schema)}`,
      );
    }
  }
  if (names.length === 0) {
    wrong("has no schema");
  }
  return schemas;
}

function checkedHandlers(given: object, names: readonly string[], wrong: Wrong): ReadonlyMap<string, AnyHandler> {
  const handlers = new Map<string, AnyHandler>();
  for (const name of [...names, ALL_OTHERS]) {
    const handler = read(given, name);
    if (typeof handler === "function") {
      handlers.set(name, handler.bind(given) as AnyHandler);
    } else if (handler !== undefined || name !== ALL_OTHERS) {
      wrong(`has to have a handler for ${name}, but it is ${valueKind(handler)}`);
    }
  }
  for (const name of unknownNames(given, [...names, ALL_OTHERS])) {
    const meant = nearest(name, names);
    wrong(`has a handler for ${name}, which has no schema: ${meant ? `did you mean ${meant}?` : 'add one, or handle it under "*"'}`);
  }
  return handlers;
}

/** Schemas of some libraries are functions. */
function isStandardSchema(value: unknown): value is StandardSchema {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) {
    return false;
  }
  const standard = (value as Partial<StandardSchema>)["~standard"];
  return standard?.version === 1 && typeof standard.validate === "function";
}
