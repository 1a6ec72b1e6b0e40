// A receiver in a page.
import { webHandler } from "docutray-webhook/handler";
import { memory } from "docutray-webhook/idempotency";

const kept = [];
fetch("/delivery.json")
  .then((response) => response.json())
  .then(async ({ secret, url, headers, body }) => {
    const on = { CONVERSION_COMPLETED: (event) => kept.push(event.payload.data) };
    const handler = webHandler({ secret, url, idempotency: memory(), on });
    const answer = async (text) => {
      const { status } = await handler(new Request(url, { method: "POST", headers, body: text }));
      return status;
    };
    globalThis.tell({ statuses: [await answer(`${body} `), await answer(body), await answer(body)], kept });
  });
