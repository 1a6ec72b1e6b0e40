import { handler } from "../../../receiver.mjs";

export const prerender = false;
export const ALL = handler;
