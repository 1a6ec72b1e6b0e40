import "./hurried.mjs";

export { default } from "../../examples/workers/src/index.js";
