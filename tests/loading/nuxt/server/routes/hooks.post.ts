import { respond } from "../../../app.mjs";

export default defineEventHandler((event) => respond(toWebRequest(event)));
