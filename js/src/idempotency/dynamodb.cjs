// For CommonJS, the very same function: `require` of an ES module works from Node 20.19 on.
"use strict";
const { dynamodb } = require("./dynamodb.js");

module.exports = { dynamodb };
