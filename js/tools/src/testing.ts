export type { Bytes, Fields } from "./wire.js";
