import { handler } from "../../../receiver.mjs";

export const ALL = handler;
