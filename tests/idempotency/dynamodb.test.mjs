// The store in DynamoDB, on the emulator `dynalite`, which knows no time to live: it deletes nothing by itself. The clock is the workers', here this process's.
import { shift } from "./runtimes/clock.mjs";
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import {
  CreateTableCommand,
  DeleteItemCommand,
  DynamoDB,
  DynamoDBClient,
  ScanCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { DynamoDBDocument, DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { dynamodb } from "docutray-webhook/idempotency/dynamodb";
import { documentedTable, SETTINGS } from "./dynamodb-table.mjs";
import { holds, PATIENCE } from "./holds.mjs";
import { startDynalite } from "./servers.mjs";

const CLIENTS = {
  DynamoDBClient: (settings) => new DynamoDBClient(settings),
  DynamoDB: (settings) => new DynamoDB(settings),
  DynamoDBDocumentClient: (settings) => DynamoDBDocumentClient.from(new DynamoDBClient(settings)),
  DynamoDBDocument: (settings) => DynamoDBDocument.from(new DynamoDB(settings)),
};

const set = {};

async function makeTable(change = {}) {
  await set.client.send(new CreateTableCommand({ ...(await documentedTable()), ...change }));
}

const TableName = "docutray_webhook_claims";
const items = async () => (await set.client.send(new ScanCommand({ TableName }))).Items;

async function forget() {
  const keys = (await items()).map(({ key }) => ({ key }));
  await Promise.all(keys.map((Key) => set.client.send(new DeleteItemCommand({ TableName, Key }))));
  // In the same millisecond, the clock would give the same token.
  await new Promise((resolve) => setTimeout(resolve, 2));
}

before(async () => {
  set.server = await startDynalite();
  set.settings = { ...SETTINGS, endpoint: set.server.url };
  set.client = new DynamoDBClient(set.settings);
  await makeTable();
});
after(async () => {
  set.client?.destroy();
  await set.server?.end();
});

for (const [name, open] of Object.entries(CLIENTS)) {
  describe(name, { timeout: PATIENCE }, () => {
    let client;
    before(() => {
      client = open(set.settings);
    });
    after(() => client?.destroy());
    holds({
      open: (options) => dynamodb(client, options),
      shift,
      jumpsBack: true,
      sharing: true,
      forget,
    });
  });
}

describe("only DynamoDB:", { timeout: PATIENCE }, () => {
  test("every item has the time in `expires`, in seconds, from which DynamoDB may delete it", async () => {
    const store = dynamodb(set.client, { remember: 5000 });
    const { token } = await store.claim("expires");
    await store.complete("expires", token);
    const { expires, forget_after } = (await items()).find((item) => item.token.N === String(token));
    assert.equal(Number(expires.N), Math.ceil(Number(forget_after.N) / 1000));
    const left = Number(expires.N) - Date.now() / 1000;
    assert.ok(left > 4400 && left <= 5001, `${left} s are left`);
  });

  test("what need not be remembered any longer counts as forgotten, deleted or not", async () => {
    const store = dynamodb(set.client);
    await store.complete("old", (await store.claim("old")).token);
    shift(86_401);
    try {
      assert.equal((await store.claim("old")).seenBefore, false);
    } finally {
      shift(-86_401);
    }
  });

  test("a write that the SDK repeats since its answer was lost is the worker's own", async () => {
    const lossy = await startLossyProxy(set.server.url);
    const client = new DynamoDBClient({ ...set.settings, endpoint: lossy.url });
    try {
      const store = dynamodb(client);
      lossy.loseNext("PutItem");
      const claim = await store.claim("lost");
      assert.equal(claim.state, "claimed");
      lossy.loseNext("PutItem");
      assert.equal(await store.renew("lost", claim.token), true);
      lossy.loseNext("PutItem");
      assert.equal(await store.complete("lost", claim.token), true);
      assert.equal(lossy.lost, 3);
      assert.deepEqual(await store.claim("lost"), { state: "done" });
    } finally {
      client.destroy();
      lossy.end();
    }
  });

  test("an item that others change at every try is given up, with an error", async (t) => {
    let ms = 0;
    t.mock.method(performance, "now", () => (ms += 700));
    const client = {
      config: {},
      async send(command) {
        const answer = await set.client.send(command);
        if (command.constructor.name === "GetItemCommand" && answer.Item !== undefined) {
          const others = { Key: command.input.Key, ExpressionAttributeValues: { ":other": { S: String(ms) } } };
          const update = "SET revision = :other";
          await set.client.send(new UpdateItemCommand({ TableName: command.input.TableName, UpdateExpression: update, ...others }));
        }
        return answer;
      },
    };
    const store = dynamodb(client);
    const { token } = await store.claim("fought for");
    await assert.rejects(store.renew("fought for", token), /DynamoDB: for 4 s .* other calls changed the record first/);
  });

  test("without the table, or with one of another key, health and claims say what to do", async () => {
    const missing = dynamodb(set.client, { table: "missing" });
    await assert.rejects(missing.claim("a"), /there is no table missing in this account and region: create it as the documentation/);
    await assert.rejects(missing.health(), /store in DynamoDB is not ready \(there is no table missing .*\): see whether the table/);
    await makeTable({
      TableName: "other",
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
    });
    await assert.rejects(dynamodb(set.client, { table: "other" }).health(), /is not ready .* with `key` of type S as its only key/);
  });

  test("`require` gives what `import` gives", () => {
    assert.equal(createRequire(import.meta.url)("docutray-webhook/idempotency/dynamodb").dynamodb, dynamodb);
  });

  test("what is no table's name is refused", () => {
    for (const table of ["", "ab", "a b", "x".repeat(256), "é".repeat(3), null, 1]) {
      assert.throws(() => dynamodb(set.client, { table }), { code: "invalid_config", field: "table" });
    }
    dynamodb(set.client, { table: "arn:aws:dynamodb:us-east-1:123456789012:table/claims" });
  });

  test("what is no client of DynamoDB is refused at once, and says which is", () => {
    const others = [undefined, null, {}, "us-east-1", { send() {}, config: { serviceId: "S3" } }, { put() {}, get() {} }];
    for (const client of others) {
      const message = /a DynamoDBClient of `@aws-sdk\/client-dynamodb` or a DynamoDBDocumentClient/;
      assert.throws(() => dynamodb(client), { name: "TypeError", message });
    }
  });
});

/** Passes requests on. To lose an answer, it ends the connection when DynamoDB has answered. */
async function startLossyProxy(target) {
  const lossy = { lost: 0 };
  let next;
  const server = createServer(async (request, response) => {
    const chunks = await request.toArray();
    const { host, connection, "content-length": length, ...headers } = request.headers;
    const answer = await fetch(target, { method: "POST", headers, body: Buffer.concat(chunks) });
    const body = Buffer.from(await answer.arrayBuffer());
    if (next !== undefined && headers["x-amz-target"].endsWith(`.${next}`)) {
      next = undefined;
      lossy.lost += 1;
      request.socket.destroy();
      return;
    }
    response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") }).end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return Object.assign(lossy, {
    url: `http://127.0.0.1:${server.address().port}`,
    loseNext: (operation) => void (next = operation),
    end: () => (server.close(), server.closeAllConnections()),
  });
}
