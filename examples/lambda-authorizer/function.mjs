// Takes the deliveries that the authorizer let through, and verifies them again: with their body.
import { lambdaHandler } from "docutray-webhook/lambda";

const { DOCUTRAY_SECRET, DOCUTRAY_URL } = process.env;

export const handler = lambdaHandler({
  secret: DOCUTRAY_SECRET,
  url: DOCUTRAY_URL,
  // Without `idempotency` each instance of the function remembers on its own: see the README.
  on: {
    CONVERSION_COMPLETED: async (event) => {
      console.log(`${event.key}: ${JSON.stringify(event.payload.data)}`);
    },
  },
});
