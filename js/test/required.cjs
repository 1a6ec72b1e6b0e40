// The package as CommonJS takes it.
module.exports = require("docutray-webhook");
