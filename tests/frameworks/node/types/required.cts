// The same from CommonJS.
import express = require("express");
import fastify = require("fastify");
import webhook = require("docutray-webhook/node");

const options: webhook.HandlerOptions = { secret: "whsec", url: false, on: { "*": () => {} } };
express().post("/hooks", webhook.nodeHandler(options));
void fastify().register(webhook.fastifyWebhook, { path: "/hooks", ...options });
