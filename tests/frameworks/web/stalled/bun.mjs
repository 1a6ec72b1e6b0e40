import "./hurried.mjs";
import "../../examples/bun/server.js";
