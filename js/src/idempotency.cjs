// For CommonJS, the very same functions: `require` of an ES module works from Node 20.19 on.
"use strict";
const { ClaimObject, denoKv, durableObject, memory, postgres, postgresSchema, redis } = require("./idempotency.js");

module.exports = { ClaimObject, denoKv, durableObject, memory, postgres, postgresSchema, redis };
