// The typed payload as a reading of its text: any record of the interface, by the names of its fields.
import { isDeepStrictEqual } from "node:util";

/** The fields that are JSON text, not strings. */
const FREE_FORM = new Set(["data", "document_metadata", "error"]);

/** Throws unless the payload is the one of the event's kind, and holds what its text holds. */
export function check(kind, { tag, val }, raw) {
  if (tag !== kind) {
    throw new Error(`the kind is ${kind}, the payload ${tag}`);
  }
  const body = JSON.parse(raw);
  const reading = typeof val === "string" ? members(JSON.parse(val)) : ofRecord(val);
  const lost = Object.keys(body).find((name) => body[name] !== null && !reading.has(name));
  if (lost !== undefined) {
    throw new Error(`the typed payload has lost ${lost}`);
  }
  within(reading, body, "");
}

function ofRecord({ unknownFields = "{}", ...fields }) {
  const reading = members(JSON.parse(unknownFields));
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) {
      const wire = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      reading.set(wire, FREE_FORM.has(wire) ? JSON.parse(value) : ofValue(value));
    }
  }
  return reading;
}

function ofValue(value) {
  if (Array.isArray(value)) {
    return value.map(ofValue);
  }
  if (typeof value === "bigint") {
    return Number(value);
  }
  if (typeof value === "object") {
    // A variant is the form that the field came in.
    return "tag" in value ? ofValue(value.val) : ofRecord(value);
  }
  return value;
}

function members(object) {
  return new Map(Object.entries(object));
}

/** A record of the body may hold more than was read: that stays in the raw text. */
function within(read, found, path) {
  if (read instanceof Map) {
    read.forEach((value, name) => within(value, found?.[name], `${path}/${name}`));
  } else if (Array.isArray(read) && read.length === found?.length) {
    read.forEach((value, index) => within(value, found[index], `${path}/${index}`));
  } else if (!isDeepStrictEqual(read, found)) {
    throw new Error(`the typed payload has ${JSON.stringify(read)} at ${path}, the body ${JSON.stringify(found)}`);
  }
}
