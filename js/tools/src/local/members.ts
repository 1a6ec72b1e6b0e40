import { ApiFault } from "./route.js";

/** The members of a JSON object whose values are not checked yet. */
export type Members = Readonly<Record<string, unknown>>;

/**
 * Returns the members of an object.
 *
 * @param field - The object's place in the body. Without it, the object is the body.
 * @throws {ApiFault} `invalid_body` if it is no object.
 */
export function membersOf(value: unknown, field?: string): Members {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw invalidBody(field, "has to be a JSON object");
  }
  return value as Members;
}

/**
 * @param field - The place in the body. Without it, the fault is the body's.
 * @param fault - Such as `has to be true or false`.
 */
export function invalidBody(field: string | undefined, fault: string): ApiFault {
  return new ApiFault(400, "invalid_body", `${field ?? "The body"} ${fault}.`, field);
}
