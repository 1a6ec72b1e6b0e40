// For CommonJS, the very same functions: `require` of an ES module works from Node 20.19 on.
"use strict";
const { documents, steps } = require("./documents.js");

module.exports = { documents, steps };
