// Compiled, never run: what documents and steps infer.
import { type } from "arktype";
import * as v from "valibot";
import * as z from "zod";
import { z as z3 } from "zod-3";
import * as z4 from "zod-3/v4";
import { documents, steps, type DocumentEvent, type DocumentHandlers, type StandardSchema } from "docutray-webhook/documents";
import { webHandler, type Lease } from "docutray-webhook/handler";
import type { ConversionCompletedEvent, JsonObject, StepCompletedEvent } from "docutray-webhook";

/** Compiles only for the very same type. */
function same<A>() {
  return <B>(..._: [A] extends [B] ? ([B] extends [A] ? [] : [never]) : [never]) => {};
}

const Zod = z.object({ total: z.number(), issued: z.string().transform((text) => new Date(text)) });
const Zod3 = z3.object({ total: z3.number(), issued: z3.string().transform((text) => new Date(text)) });
const Zod4 = z4.object({ total: z4.number(), issued: z4.string().transform((text) => new Date(text)) });
const Valibot = v.object({
  total: v.number(),
  issued: v.pipe(
    v.string(),
    v.transform((text) => new Date(text)),
  ),
});
const ValibotAsync = v.objectAsync({ total: v.pipeAsync(v.number(), v.checkAsync(async (total) => total > 0)), issued: v.date() });
const Arktype = type({ total: "number", issued: type("string").pipe((text) => new Date(text)) });
declare const Own: StandardSchema<unknown, { total: number; issued: Date }>;

export const on = documents(
  { zod: Zod, zod3: Zod3, zod4: Zod4, valibot: Valibot, valibot_async: ValibotAsync, arktype: Arktype, own: Own },
  {
    zod: (event, lease) => {
      same<number>()<typeof event.payload.data.total>();
      same<Date>()<typeof event.payload.data.issued>();
      same<"zod">()<typeof event.payload.document_type_code>();
      same<"CONVERSION_COMPLETED">()<typeof event.type>();
      same<string>()<typeof event.payload.response_timestamp>();
      same<string>()<typeof event.raw>();
      same<Lease>()<typeof lease>();
    },
    zod3: ({ payload: { data } }) => same<{ total: number; issued: Date }>()<typeof data>(),
    zod4: ({ payload: { data } }) => same<{ total: number; issued: Date }>()<typeof data>(),
    valibot: ({ payload: { data } }) => same<{ total: number; issued: Date }>()<typeof data>(),
    valibot_async: ({ payload: { data } }) => same<{ total: number; issued: Date }>()<typeof data>(),
    arktype: ({ payload: { data } }) => same<{ total: number; issued: Date }>()<typeof data>(),
    own: ({ payload: { data } }) => same<{ total: number; issued: Date }>()<typeof data>(),
    "*": (event) => {
      same<ConversionCompletedEvent>()<typeof event>();
      same<JsonObject>()<typeof event.payload.data>();
    },
  },
);

webHandler({ secret: "s", url: "u", on });
webHandler({
  secret: "s",
  url: "u",
  on: {
    ...documents({ invoice: Zod }, { invoice: ({ payload }) => payload.data.total }),
    ...steps({ step_extract: Zod }, {
      step_extract: ({ payload }) => same<"step_extract">()<typeof payload.step_id>(),
      "*": (event) => same<StepCompletedEvent>()<typeof event>(),
    }),
    "*": ({ type }) => type,
  },
});

/** Handlers that stand by themselves. */
export const handlers: DocumentHandlers<{ invoice: typeof Zod }> = { invoice: ({ payload }) => payload.data.total.toFixed() };
export async function save(event: DocumentEvent<string, { total: number }>): Promise<number> {
  return event.payload.data.total;
}
documents({ invoice: Zod }, { invoice: save });

// What must not compile: each line says what it protects.

// @ts-expect-error a document type without a handler would be lost
documents({ invoice: Zod }, {});
// @ts-expect-error data without a schema has no type
documents({ invoice: Zod }, { invoice: () => {}, receipt: () => {} });
// @ts-expect-error the schema has no such field
documents({ invoice: Zod }, { invoice: ({ payload }) => payload.data.totale });
// @ts-expect-error what is checked is the schema's output
documents({ invoice: Zod }, { invoice: ({ payload }) => payload.data.issued.trim() });
// @ts-expect-error a function that parses is no schema
documents({ invoice: (data: unknown) => data }, { invoice: () => {} });
// @ts-expect-error `*` is the handler's name, not a schema's
documents({ "*": Zod }, { "*": () => {} });
