// For CommonJS, the very same functions: `require` of an ES module works from Node 20.19 on.
"use strict";
const { ClaimObject, d1, denoKv, durableObject, memory, postgres, postgresSchema, redis, sqlite, sqliteSchema } = require("./idempotency.js");

module.exports = { ClaimObject, d1, denoKv, durableObject, memory, postgres, postgresSchema, redis, sqlite, sqliteSchema };
