// The data of a document has the type of its schema. Compiled, never run.
import { documents, type StandardSchema } from "docutray-webhook/documents";

declare const Invoice: StandardSchema<unknown, { total: number }>;
export const on = documents({ invoice: Invoice }, { invoice: ({ payload }) => payload.data.total.toFixed(2), "*": ({ name }) => name });
