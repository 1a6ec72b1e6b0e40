// Handlers without `secret` or `url` read the environment. What is unset or empty there is refused when the handler is made.
import assert from "node:assert/strict";
import { afterEach, suite, test } from "node:test";
import { Verifier } from "docutray-webhook";
import { webHandler } from "docutray-webhook/handler";
import { authorizer, lambdaHandler } from "docutray-webhook/lambda";
import { fastifyWebhook, nodeHandler } from "docutray-webhook/node";
import { SECRET, URL } from "./delivery.mjs";
import { refuses } from "./refusal.mjs";
import { request } from "./receiving.mjs";

const NAMES = ["DOCUTRAY_WEBHOOK_SECRET", "DOCUTRAY_WEBHOOK_SECRET_OLD", "DOCUTRAY_WEBHOOK_URL"];
const on = { "*": () => {} };

function set(variables) {
  for (const name of NAMES) {
    delete process.env[name];
  }
  Object.assign(process.env, variables);
}

afterEach(() => set({}));

async function statusWith(variables, options, delivery) {
  set(variables);
  const handler = webHandler({ on, ...options });
  return (await handler(request(delivery))).status;
}

/** Replaces a property until the test ends. Returns what restores it. */
function replaced(t, object, name, property) {
  const before = Object.getOwnPropertyDescriptor(object, name);
  function restore() {
    if (before === undefined) {
      delete object[name];
    } else {
      Object.defineProperty(object, name, before);
    }
  }
  Object.defineProperty(object, name, { configurable: true, ...property });
  t.after(restore);
  return restore;
}

suite("a handler", () => {
  const COMPLETE = { DOCUTRAY_WEBHOOK_SECRET: SECRET, DOCUTRAY_WEBHOOK_URL: URL };

  test("takes secret and URL from the environment", async () => {
    assert.equal(await statusWith(COMPLETE), 200);
    assert.equal(await statusWith({ ...COMPLETE, DOCUTRAY_WEBHOOK_SECRET: "another" }), 401);
  });

  test("takes each of them alone, and prefers the option", async () => {
    const { DOCUTRAY_WEBHOOK_SECRET, DOCUTRAY_WEBHOOK_URL } = COMPLETE;
    assert.equal(await statusWith({ DOCUTRAY_WEBHOOK_SECRET }, { url: URL }), 200);
    assert.equal(await statusWith({ DOCUTRAY_WEBHOOK_URL }, { secret: SECRET }), 200);
    assert.equal(await statusWith({ ...COMPLETE, DOCUTRAY_WEBHOOK_SECRET: "another" }, { secret: SECRET }), 200);
  });

  test("takes the old secret after the current one, but never in its place", async () => {
    const rotated = { ...COMPLETE, DOCUTRAY_WEBHOOK_SECRET: "new", DOCUTRAY_WEBHOOK_SECRET_OLD: SECRET };
    assert.equal(await statusWith(rotated), 200);
    assert.equal(await statusWith({ ...COMPLETE, DOCUTRAY_WEBHOOK_SECRET_OLD: "" }), 200);
    set({ DOCUTRAY_WEBHOOK_SECRET_OLD: SECRET, DOCUTRAY_WEBHOOK_URL: URL });
    refuses(() => webHandler({ on }), "invalid_config", "secret");
  });

  test("reads them when it is made, not when the package is loaded", async () => {
    set(COMPLETE);
    const handler = webHandler({ on });
    set({});
    assert.equal((await handler(request())).status, 200);
  });
});

suite("an unset or empty variable", () => {
  const MAKERS = {
    webHandler: () => webHandler({ on }),
    nodeHandler: () => nodeHandler({ on }),
    lambdaHandler: () => lambdaHandler({ on }),
    authorizer: () => authorizer({}),
  };
  for (const [name, make] of Object.entries(MAKERS)) {
    for (const [state, variables] of Object.entries({ "not set": {}, empty: { DOCUTRAY_WEBHOOK_SECRET: "", DOCUTRAY_WEBHOOK_URL: "" } })) {
      test(`${name}, ${state}: the error names options and variables`, () => {
        set(variables);
        const { message } = refuses(make, "invalid_config", "secret");
        assert.match(message, new RegExp(`secret .* DOCUTRAY_WEBHOOK_SECRET is ${state}: .* url .* DOCUTRAY_WEBHOOK_URL is ${state}: `));
        assert.match(message, /pass a function: secret: \(\) => process\.env\.DOCUTRAY_WEBHOOK_SECRET/);
      });
    }
  }

  test("of the URL does not turn the check of the metadata off", () => {
    set({ DOCUTRAY_WEBHOOK_SECRET: SECRET, DOCUTRAY_WEBHOOK_URL: "" });
    refuses(() => webHandler({ on }), "invalid_config", "url");
    refuses(() => webHandler({ on, url: "" }), "invalid_config", "url");
  });

  test("is reported with everything else that is wrong", () => {
    const error = refuses(() => webHandler({ on: {}, tolerance: 0, deadlin: 3 }), "invalid_config", "secret");
    for (const part of [/DOCUTRAY_WEBHOOK_SECRET/, /DOCUTRAY_WEBHOOK_URL/, /tolerance/, /on has no handler/, /did you mean deadline/]) {
      assert.match(error.message, part);
    }
  });

  test("rejects the registration with Fastify", async () => {
    const scope = { addContentTypeParser() {}, removeAllContentTypeParsers() {}, all() {} };
    await assert.rejects(fastifyWebhook(scope, { path: "/hooks", on }), { code: "invalid_config", field: "secret" });
  });

  test("on Workers, the error says how to pass the Worker's own variables", (t) => {
    replaced(t, globalThis, "navigator", { value: { userAgent: "Cloudflare-Workers" } });
    assert.match(refuses(() => webHandler({ on }), "invalid_config", "secret").message, /import \{ env \} from "cloudflare:workers"/);
  });

  test("counts as not set on a host without variables", (t) => {
    replaced(t, globalThis, "navigator", { value: undefined });
    for (const value of [undefined, {}]) {
      const restore = replaced(t, globalThis, "process", { value });
      let error;
      try {
        webHandler({ on });
      } catch (thrown) {
        error = thrown;
      }
      restore();
      assert.match(error.message, /DOCUTRAY_WEBHOOK_SECRET is not set/);
    }
  });

  test("on Deno without the permission, the error says which", (t) => {
    const get = () => {
      throw new Error("NotCapable");
    };
    const restore = replaced(t, process, "env", { get });
    const error = refuses(() => webHandler({ on }), "invalid_config", "secret");
    restore();
    assert.match(error.message, /--allow-env=DOCUTRAY_WEBHOOK_SECRET/);
  });
});

test("a Verifier does not read the environment", () => {
  set({ DOCUTRAY_WEBHOOK_SECRET: SECRET, DOCUTRAY_WEBHOOK_URL: URL });
  refuses(() => new Verifier({}), "invalid_config", "secret");
});
