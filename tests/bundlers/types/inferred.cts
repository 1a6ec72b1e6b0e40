// The data of a document has the type of its schema. Compiled, never run.
import typed = require("docutray-webhook/documents");

declare const Invoice: typed.StandardSchema<unknown, { total: number }>;
export const on = typed.documents({ invoice: Invoice }, { invoice: ({ payload }) => payload.data.total.toFixed(2), "*": ({ name }) => name });
