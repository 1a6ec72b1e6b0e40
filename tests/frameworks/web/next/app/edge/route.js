import { handler } from "../../../receiver.mjs";

export const runtime = "edge";
export { handler as POST };
