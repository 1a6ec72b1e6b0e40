// A body parser runs before the handler. The delivery is answered 500, and the error says which line to move.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { suite, test } from "node:test";
import { nodeHandler } from "docutray-webhook/node";
import { fresh, SECRET, URL } from "./delivery.mjs";
import { send, tampered } from "./deliveries.mjs";
import { EXPRESS, listening } from "./servers.mjs";

const GONE = "ran before this handler and the raw body is gone:";
const above = (line, nth, owner = "app") => `above ${line}, the ${nth} function that ${owner}.use was given`;

/** Typical applications, and what the error says about each. */
const APPLICATIONS = {
  "express.json() first"(express, app, handler) {
    app.use(express.json());
    app.post("/hooks", handler);
    return `express.json() ${GONE} move app.post("/hooks", ...) ${above("app.use(express.json())", "1st")}`;
  },
  "express.urlencoded() for every type"(express, app, handler) {
    app.use(nothing, express.urlencoded({ extended: true, type: "*/*" }));
    app.post("/hooks", handler);
    return `express.urlencoded() ${GONE} move app.post("/hooks", ...) ${above("app.use(express.urlencoded())", "2nd")}`;
  },
  "express.text() for every type"(express, app, handler) {
    app.use(nothing);
    app.use(express.json({ type: "application/other" }));
    app.use(express.text({ type: "*/*" }));
    app.all("/hooks", handler);
    return `express.text() ${GONE} move app.all("/hooks", ...) ${above("app.use(express.text())", "3rd")}`;
  },
  "express.raw(), and its bytes parsed"(express, app, handler) {
    app.use(express.raw({ type: "*/*" }));
    app.use((request, response, next) => {
      request.body = JSON.parse(request.body);
      next();
    });
    app.post("/hooks", handler);
    return `express.raw() ${GONE} move app.post("/hooks", ...) ${above("app.use(express.raw())", "1st")}`;
  },
  "express.json() among other parsers and routes"(express, app, handler) {
    app.get("/hooks", express.json(), nothing);
    for (let count = 0; count < 10; count++) {
      app.use(nothing);
    }
    app.use(express.urlencoded({ extended: false }));
    app.post("/other", express.json(), nothing);
    app.use("/other", express.json());
    app.use(express.json());
    app.use(express.json());
    app.post(["/hooks", /^\/webhooks?$/], handler);
    return `express.json() ${GONE} move app.post(["/hooks", /^\\/webhooks?$/], ...) ${above("app.use(express.json())", "13th")}`;
  },
  "express.json() for a part of the paths"(express, app, handler) {
    app.use("/hooks", express.json());
    app.use("/hooks", handler);
    return `express.json() ${GONE} move app.use("/hooks", ...) ${above('app.use("/hooks", express.json())', "1st")}`;
  },
  "express.json() in the route"(express, app, handler) {
    app.post("/hooks", express.json(), handler);
    return `express.json() ${GONE} take express.json() out of app.post("/hooks", ...)`;
  },
  "a function that calls the handler"(express, app, handler) {
    app.use(express.json());
    app.post("/hooks", (request, response) => void handler(request, response));
    return `express.json() ${GONE} move app.post("/hooks", ...) ${above("app.use(express.json())", "1st")}`;
  },
  "a function that calls the handler, after express.json() in its route"(express, app, handler) {
    app.route("/hooks").post(express.json(), (request, response) => void handler(request, response));
    return `express.json() ${GONE} take express.json() out of app.post("/hooks", ...)`;
  },
  "a router after express.json()"(express, app, handler) {
    const router = express.Router();
    router.post("/", handler);
    app.use(express.json());
    app.use("/hooks", router);
    return `express.json() ${GONE} move router.post("/", ...) out of its router, as app.post("/hooks", ...), ${above("app.use(express.json())", "1st")}`;
  },
  "express.json() in the router"(express, app, handler) {
    const router = express.Router();
    router.use(nothing);
    router.use(express.json());
    router.post("/", handler);
    app.use("/hooks", router);
    return `express.json() ${GONE} move router.post("/", ...) ${above("router.use(express.json())", "2nd", "router")}`;
  },
  "express.json() in a router before"(express, app, handler) {
    const router = express.Router();
    router.use(express.json());
    app.use(router);
    app.post("/hooks", handler);
    return `express.json() ${GONE} move app.post("/hooks", ...) ${above("app.use(router)", "1st")}, which has express.json()`;
  },
  "an application within another, after express.json()"(express, app, handler) {
    const inner = express();
    inner.use(nothing);
    inner.post("/", handler);
    app.use(express.json());
    app.use("/hooks", inner);
    return `express.json() ${GONE} move app.post("/", ...) out of its application, as app.post("/hooks", ...), ${above("app.use(express.json())", "1st")}`;
  },
  "express.json() in an application within another"(express, app, handler) {
    const inner = express();
    inner.use(express.json());
    inner.post("/", handler);
    app.use(nothing);
    app.use("/hooks", inner);
    return `express.json() ${GONE} move app.post("/", ...) ${above("app.use(express.json())", "1st")}`;
  },
  "a parser that nobody can name"(express, app, handler) {
    const json = express.json();
    app.use((request, response, next) => json(request, response, next));
    app.post("/hooks", handler);
    return /^something has read the body before docutray-webhook, and the raw body is gone: give docutray-webhook the request before every body parser/;
  },
};

function nothing(request, response, next) {
  next();
}

for (const [name, express] of Object.entries(EXPRESS)) {
  suite(name, () => {
    const handlerOf = (on) => nodeHandler({ secret: SECRET, url: URL, on });

    /** Starts the application. Returns the webhook's URL. */
    async function served(t, app) {
      app.use((error, request, response, next) => response.status(500).json({ code: error.message }));
      return `${await listening(t, createServer(app))}/hooks`;
    }

    for (const [what, make] of Object.entries(APPLICATIONS)) {
      test(`${what}: the error says what to do`, async (t) => {
        const errors = t.mock.method(console, "error", () => {});
        const app = express();
        const expected = make(express, app, handlerOf({ "*": () => assert.fail("nothing was verified") }));
        const { status, json } = await send(await served(t, app), fresh());
        assert.deepEqual([status, json.status, json.code], [500, 500, "raw_body_gone"]);
        assert.equal(errors.mock.callCount(), 1);
        const { message } = errors.mock.calls[0].arguments.at(-1);
        (expected instanceof RegExp ? assert.match : assert.equal)(message, expected);
      });
    }

    test("after moving the line as the error says, the delivery is processed", async (t) => {
      const app = express();
      app.post("/hooks", handlerOf({ "*": () => {} }));
      app.use(express.json());
      assert.deepEqual((await send(await served(t, app), fresh())).json, { verdict: "processed" });
    });

    test("a parser that did not read the body does no harm", async (t) => {
      const app = express();
      app.use(express.text(), express.urlencoded({ extended: true }), express.json({ type: "application/other" }));
      app.post("/hooks", handlerOf({ "*": () => {} }));
      assert.deepEqual((await send(await served(t, app), fresh())).json, { verdict: "processed" });
    });

    test("the bytes of express.raw() are verified, and so are those kept beside parsed JSON", async (t) => {
      const app = express();
      app.use("/hooks/raw", express.raw({ type: "application/json" }));
      app.use("/hooks/kept", express.json({ verify: (request, response, bytes) => void (request.rawBody = bytes) }));
      app.post("/hooks/:how", handlerOf({ "*": () => {} }));
      const url = await served(t, app);
      for (const how of ["raw", "kept"]) {
        assert.deepEqual((await send(`${url}/${how}`, fresh({ id: how }))).json, { verdict: "processed" }, how);
        assert.equal((await send(`${url}/${how}`, tampered({ id: how }))).json.code, "signature_mismatch", how);
      }
    });
  });
}
