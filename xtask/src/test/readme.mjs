// Imports the README's snippets and calls what they export: a good delivery must pass, an altered one must not.
import assert from "node:assert/strict";
import { Server } from "node:http";
import { SECRET, URL as REGISTERED, completed, delivery } from "../test/delivery.mjs";

process.env.DOCUTRAY_SECRET = SECRET;
process.env.DOCUTRAY_URL = REGISTERED;

/** The forms in which a snippet takes deliveries: each throws if it refuses. */
const FORMS = {
  receive: (receive) => ({ headers, body }) => receive(headers, Buffer.from(body)),
  handle: (handle) => ({ headers, body }) => handle(new Request(REGISTERED, { method: "POST", headers, body })),
  server: (server) => (sent) => throughServer(server, sent),
};

for (const file of process.argv.slice(2)) {
  for (const [name, exported] of Object.entries(await import(file))) {
    assert.ok(FORMS[name], `${file} exports ${name}: export it as one of ${Object.keys(FORMS).join(", ")}`);
    const receive = FORMS[name](exported);
    const good = delivery({ timestamp: Math.floor(Date.now() / 1000) });
    const altered = { ...good, body: JSON.stringify(completed({ data: { total: 9 } })) };
    await receive(good);
    await assert.rejects(async () => receive(altered), /signature_mismatch/, `${file}: ${name} takes an altered body`);
    await receive(good);
  }
}

async function throughServer(server, { headers, body }) {
  assert.ok(server instanceof Server);
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  try {
    const { port } = server.address();
    const response = await fetch(`http://127.0.0.1:${port}/`, { method: "POST", headers, body });
    assert.ok(response.ok, `${response.status} ${await response.text()}`);
  } finally {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
}
