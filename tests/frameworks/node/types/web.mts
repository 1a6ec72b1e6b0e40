// Compiled, never run. Passes the Web handler to hosts that accept it, and to hosts that must not.
import { app } from "@azure/functions";
import { webHandler, type HandlerOptions } from "docutray-webhook/handler";
import express from "express";
import express4 from "express-4";
import { H3 } from "h3";

const options: HandlerOptions = { secret: "whsec", url: "https://example.com/hooks", on: { "*": () => {} } };
app.http("hooks", { methods: ["POST"], authLevel: "anonymous", handler: webHandler(options) });
new H3().post("/hooks", webHandler(options));

// @ts-expect-error Express has no Web Request
express().post("/hooks", webHandler(options));
// @ts-expect-error
express4().post("/hooks", webHandler(options));
