import { respond } from "../../../../app.mjs";

export const runtime = "nodejs";
export const POST = respond;
