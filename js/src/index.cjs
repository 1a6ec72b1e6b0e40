// For CommonJS, the very same classes: `require` of an ES module works from Node 20.19 on.
"use strict";
const { Verifier, WebhookError } = require("./index.js");

module.exports = { Verifier, WebhookError };
