// The same invoice in each library: a total that is a number, lines with amounts, and an issue date that becomes a `Date`.
import { type } from "arktype";
import * as v from "valibot";
import * as z from "zod";
import { z as z3 } from "zod-3";
import * as z4 from "zod-3/v4";

/** A check that takes its time. */
async function isKnown(currency) {
  await Promise.resolve();
  return currency !== "XXX";
}

function ofZod(zod) {
  return {
    invoice: zod.object({
      total: zod.number(),
      issued: zod.string().transform((text) => new Date(text)),
      lines: zod.array(zod.object({ amount: zod.number() })),
    }),
    slow: zod.object({ currency: zod.string().refine(isKnown) }),
  };
}

/** Schemas by library: `invoice`, and `slow` where a check of the library may be asynchronous. */
export const LIBRARIES = {
  "zod 4": ofZod(z),
  "zod 3.25, version 4": ofZod(z4),
  "zod 3.25": ofZod(z3),
  valibot: {
    invoice: v.object({
      total: v.number(),
      issued: v.pipe(
        v.string(),
        v.transform((text) => new Date(text)),
      ),
      lines: v.array(v.object({ amount: v.number() })),
    }),
    slow: v.objectAsync({ currency: v.pipeAsync(v.string(), v.checkAsync(isKnown)) }),
  },
  arktype: {
    invoice: type({
      total: "number",
      issued: type("string").pipe((text) => new Date(text)),
      lines: type({ amount: "number" }).array(),
    }),
  },
};
