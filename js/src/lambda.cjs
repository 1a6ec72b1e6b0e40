// For CommonJS, the very same functions: `require` of an ES module works from Node 20.19 on.
"use strict";
const { authorizer, lambdaHandler } = require("./lambda.js");

module.exports = { authorizer, lambdaHandler };
