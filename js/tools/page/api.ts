import type { Fault } from "../src/wire.js";

/** What the program refused, or that it is not there. */
export class ApiFault extends Error {
  readonly code: string;
  readonly field: string | undefined;
  /** Of the program's answer, if there was one. */
  readonly status: number | undefined;

  constructor({ code, message, field }: Fault, status?: number) {
    super(message);
    this.status = status;
    this.name = "ApiFault";
    this.code = code;
    this.field = field;
  }
}

/** Whether there is no such thing, or no longer. Any other fault says nothing about that. */
export function isGone(error: unknown): boolean {
  return error instanceof ApiFault && error.status === 404;
}

/** @throws {ApiFault} */
export function read<Answer>(path: string): Promise<Answer> {
  return call(path, { method: "GET" });
}

/** Writes are JSON, also with nothing to say: the server takes nothing else from a page. @throws {ApiFault} */
export function write<Answer>(method: "POST" | "PATCH" | "DELETE", path: string, input: unknown = {}): Promise<Answer> {
  return call(path, { method, headers: { "content-type": "application/json" }, body: JSON.stringify(input) });
}

/** A path with the members of `query` that are not empty. */
export function withQuery(path: string, query: Readonly<Record<string, string | number>>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== "") {
      parameters.set(name, String(value));
    }
  }
  const text = parameters.toString();
  return text === "" ? path : `${path}?${text}`;
}

async function call<Answer>(path: string, request: RequestInit): Promise<Answer> {
  const response = await fetch(path, request).catch(() => {
    throw new ApiFault({ code: "unreachable", message: "The program does not answer. Is it still running in its terminal?" });
  });
  const text = await response.text();
  const json: unknown = text === "" ? undefined : parsed(text);
  if (response.ok) {
    return json as Answer;
  }
  throw new ApiFault(faultOf(json) ?? { code: "unexpected", message: `The program answered ${response.status} to ${path}.` }, response.status);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function faultOf(json: unknown): Fault | undefined {
  const fault = (json as { readonly error?: Partial<Fault> } | undefined)?.error;
  return typeof fault?.code === "string" && typeof fault.message === "string" ? (fault as Fault) : undefined;
}
