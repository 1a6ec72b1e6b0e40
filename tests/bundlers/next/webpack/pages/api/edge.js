import { respond } from "../../../../app.mjs";

export const config = { runtime: "edge" };
export default respond;
