// Takes the deliveries that the authorizer allowed, and verifies them again with their body.
import { lambdaHandler } from "docutray-webhook/lambda";

// The secret and the URL come from the environment: DOCUTRAY_WEBHOOK_SECRET and DOCUTRAY_WEBHOOK_URL.
export const handler = lambdaHandler({
  // Without `idempotency`, each instance of the function remembers only its own events: see the README.
  on: {
    CONVERSION_COMPLETED: async (event) => {
      console.log(`${event.key}: ${JSON.stringify(event.payload.data)}`);
    },
  },
});
