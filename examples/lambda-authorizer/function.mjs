// Takes the deliveries that the authorizer allowed, and verifies them again with their body.
import { lambdaHandler } from "docutray-webhook/lambda";

const { DOCUTRAY_WEBHOOK_SECRET, DOCUTRAY_WEBHOOK_URL } = process.env;

export const handler = lambdaHandler({
  secret: DOCUTRAY_WEBHOOK_SECRET,
  url: DOCUTRAY_WEBHOOK_URL,
  // Without `idempotency`, each instance of the function remembers only its own events: see the README.
  on: {
    CONVERSION_COMPLETED: async (event) => {
      console.log(`${event.key}: ${JSON.stringify(event.payload.data)}`);
    },
  },
});
