// Hono with the handler for a path, and with the handler mounted.
import { Hono } from "hono";
import { handler } from "../receiver.mjs";

const app = new Hono();
app.all("/hooks", handler);
app.mount("/mounted", handler);

export default app;
