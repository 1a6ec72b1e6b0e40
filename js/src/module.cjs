// For CommonJS, the very same functions: `require` of an ES module works from Node 20.19 on.
"use strict";
const { UnfitPayload, extra, instantiate, isCompleted, isFailed, isStarted } = require("./module.js");

module.exports = { UnfitPayload, extra, instantiate, isCompleted, isFailed, isStarted };
