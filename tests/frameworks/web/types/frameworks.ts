import type { WebHandler } from "docutray-webhook/handler";
import type { RequestHandler } from "@sveltejs/kit";
import type { APIRoute } from "astro";
import { Hono } from "hono";
import type { NextRequest } from "next/server";

declare const handler: WebHandler;

new Hono().all("/hooks", handler).mount("/mounted", handler);
export const next: (request: NextRequest, context: { params: Promise<object> }) => Promise<Response> = handler;
export const sveltekit: RequestHandler = handler;
export const astro: APIRoute = handler;
