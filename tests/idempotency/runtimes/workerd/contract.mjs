// The contract in a Worker that shares its isolate and clock with its objects.
import { env } from "cloudflare:workers";
import { ClaimObject, durableObject } from "docutray-webhook/idempotency";
import { shift } from "../clock.mjs";
import { hosted } from "../hosted.mjs";

/** A `ClaimObject` that can show and delete what it has stored, and that can fail. */
class TestedClaims extends ClaimObject {
  static away = false;
  #state;

  constructor(state, env) {
    super(state, env);
    this.#state = state;
  }

  async fetch(request) {
    const { storage } = this.#state;
    switch (request.headers.get("test")) {
      case "stored":
        return Response.json({ alarm: await storage.getAlarm(), entries: [...(await storage.list())] });
      case "alarm":
        await storage.setAlarm(Date.now());
        return Response.json(null);
      case "forget":
        await storage.deleteAlarm();
        await storage.deleteAll();
        return Response.json(null);
    }
    if (TestedClaims.away) {
      this.#state.abort("the object is away");
    }
    return super.fetch(request);
  }
}

export class SqliteClaims extends TestedClaims {}
export class KeyValueClaims extends TestedClaims {}

/** A class of the Worker's other objects. */
export class Chat {
  fetch() {
    return new Response("no such room", { status: 404 });
  }
}

function host(namespace) {
  const keys = new Set();
  async function asked(key, test) {
    const object = namespace.get(namespace.idFromName(key));
    return (await object.fetch("https://test.invalid", { headers: { test } })).json();
  }
  return {
    open(options) {
      const store = durableObject(namespace, options);
      return {
        ...store,
        claim(key) {
          keys.add(key);
          return store.claim(key);
        },
      };
    },
    shift,
    jumpsBack: true,
    sharing: true,
    async forget() {
      await Promise.all([...keys].map((key) => asked(key, "forget")));
      keys.clear();
      // In the same millisecond, the clock would give the same token.
      await scheduler.wait(2);
    },
    stored: (key) => asked(key, "stored"),
    alarm: (key) => asked(key, "alarm"),
    away: (away) => void (TestedClaims.away = away),
  };
}

const hosts = {
  sqlite: host(env.SQLITE),
  keyValue: host(env.KEY_VALUE),
  other: host(env.CHAT),
  none: host(env.CLAIMS),
};

export default { fetch: (request) => hosted(request, hosts) };
