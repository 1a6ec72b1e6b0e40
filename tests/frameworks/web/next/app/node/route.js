import { handler } from "../../../receiver.mjs";

export const runtime = "nodejs";
export { handler as POST };
