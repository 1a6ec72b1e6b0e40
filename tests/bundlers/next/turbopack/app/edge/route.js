import { respond } from "../../../../app.mjs";

export const runtime = "edge";
export const POST = respond;
