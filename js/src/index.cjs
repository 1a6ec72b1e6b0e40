// For CommonJS, the very same classes: `require` of an ES module works from Node 20.19 on.
"use strict";
const { UnfitPayload, Verifier, WebhookError, extra, isCompleted, isFailed, isStarted } = require("./index.js");

module.exports = { UnfitPayload, Verifier, WebhookError, extra, isCompleted, isFailed, isStarted };
