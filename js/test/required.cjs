// The package as CommonJS takes it.
const { Verifier, WebhookError } = require("docutray-webhook");

module.exports = { Verifier, WebhookError };
