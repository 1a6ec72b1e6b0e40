import { webHandler } from "docutray-webhook/handler";

/** The receiver under test. `book` is the application's own: it books the data of an invoice. */
export function receiver({ secret, url, book }) {
  return webHandler({
    secret,
    url,
    on: {
      CONVERSION_COMPLETED: async (event) => await book(event.payload.data),
      "*": () => {},
    },
  });
}
