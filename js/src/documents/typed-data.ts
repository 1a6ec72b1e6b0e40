// A handler of events with `data`: one field of the payload chooses the schema that checks the data.

import type { ConversionCompletedEvent, StepCompletedEvent } from "../event.js";
import type { ConfigProblem } from "../module/failure.js";
import { invalidOptions, nearest, read, unknownNames } from "../options.js";
import type { EventHandler } from "../receiver/handlers.js";
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
export interface Distinction<Event extends EventWithData> {
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
  { caller, what, nameOf }: Distinction<Event>,
  schemas: object,
  handlers: object,
): EventHandler<Event> {
  const checked = checkedArguments(caller, schemas, handlers);
  return async (event, lease) => {
    const name = nameOf(event);
    const handler = checked.handlers.get(name) ?? checked.handlers.get(ALL_OTHERS);
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
  };
}

interface CheckedArguments {
  readonly schemas: ReadonlyMap<string, StandardSchema>;
  readonly handlers: ReadonlyMap<string, AnyHandler>;
}

/** Returns maps, since a payload may contain any name, `constructor` too. */
function checkedArguments(caller: string, schemas: unknown, handlers: unknown): CheckedArguments {
  for (const [place, given] of Object.entries({ first: schemas, second: handlers })) {
    if (typeof given !== "object" || given === null) {
      throw new TypeError(`${caller} takes an object of schemas and one of handlers, but its ${place} argument is ${valueKind(given)}`);
    }
  }
  const problems: ConfigProblem[] = [];
  const wrong = (problem: string) => problems.push({ option: caller, problem: `${caller} ${problem}` });
  const checked = { schemas: new Map<string, StandardSchema>(), handlers: new Map<string, AnyHandler>() };
  const names = Object.keys(schemas as object);
  for (const name of names) {
    const schema = read(schemas as object, name);
    if (name === ALL_OTHERS) {
      wrong('has a schema named "*", which is the name of the handler for all others');
    } else if (isStandardSchema(schema)) {
      checked.schemas.set(name, schema);
    } else {
      wrong(`has to have a schema for ${name} that implements Standard Schema, version 1 (zod from 3.24 on, valibot, arktype), but it is ${valueKind(schema)}`);
    }
  }
  for (const name of [...names, ALL_OTHERS]) {
    const handler = read(handlers as object, name);
    if (typeof handler === "function") {
      checked.handlers.set(name, handler.bind(handlers) as AnyHandler);
    } else if (handler !== undefined || name !== ALL_OTHERS) {
      wrong(`has to have a handler for ${name}, but it is ${valueKind(handler)}`);
    }
  }
  for (const name of unknownNames(handlers as object, [...names, ALL_OTHERS])) {
    const meant = nearest(name, names);
    wrong(`has a handler for ${name}, which has no schema: ${meant ? `did you mean ${meant}?` : 'add one, or handle it under "*"'}`);
  }
  if (names.length === 0) {
    wrong("has no schema");
  }
  if (problems.length > 0) {
    throw invalidOptions(problems);
  }
  return checked;
}

/** Schemas of some libraries are functions. */
function isStandardSchema(value: unknown): value is StandardSchema {
  if ((typeof value !== "object" && typeof value !== "function") || value === null) {
    return false;
  }
  const standard = (value as Partial<StandardSchema>)["~standard"];
  return standard?.version === 1 && typeof standard.validate === "function";
}
