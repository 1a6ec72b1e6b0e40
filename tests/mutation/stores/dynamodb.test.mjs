// The store in DynamoDB, on the emulator `dynalite` in this process. `tests/idempotency` has more clients.
import assert from "node:assert/strict";
import { once } from "node:events";
import { after, before, suite, test } from "node:test";
import { CreateTableCommand, DeleteItemCommand, DynamoDBClient, ScanCommand } from "@aws-sdk/client-dynamodb";
import dynalite from "dynalite";
import { dynamodb } from "docutray-webhook/idempotency/dynamodb";
import { holds } from "./holds.mjs";

const TableName = "docutray_webhook_claims";
/** The rules of time are in `claim-record.ts`, which other stores run through. */
const SLOW = "the emulator is slow";
const server = dynalite({ createTableMs: 0 });
let client;

before(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${server.address().port}`,
    region: "us-east-1",
    credentials: { accessKeyId: "none", secretAccessKey: "none" },
    maxAttempts: 1,
  });
  await client.send(
    new CreateTableCommand({
      TableName,
      AttributeDefinitions: [{ AttributeName: "key", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "key", KeyType: "HASH" }],
      BillingMode: "PAY_PER_REQUEST",
    }),
  );
});
after(() => {
  client.destroy();
  server.close();
});

const items = async () => (await client.send(new ScanCommand({ TableName }))).Items;

holds({
  open: (options) => dynamodb(client, options),
  sharing: true,
  without: { shift: SLOW, jumpsBack: SLOW, forget: SLOW },
});

/** A client that passes commands on, after `send` has seen them. */
function seenBy(send) {
  return { config: {}, send: (command) => send(command, (command) => client.send(command)) };
}

suite("DynamoDB", () => {
  test("every item has the time in `expires`, in seconds, from which DynamoDB may delete it", async () => {
    const { token } = await dynamodb(client, { remember: 5000 }).claim("expires");
    const { expires, forget_after } = (await items()).find((item) => item.token.N === String(token));
    assert.equal(Number(expires.N), Math.ceil(Number(forget_after.N) / 1000));
  });

  test("reads are consistent", async () => {
    const read = [];
    const store = dynamodb(seenBy((command, pass) => (read.push(command.input.ConsistentRead), pass(command))));
    await store.claim("consistent");
    assert.equal(read[0], true);
  });

  test("a write that the SDK repeats since its answer was lost is the worker's own", async () => {
    const store = dynamodb(
      seenBy(async (command, pass) => {
        const answer = await pass(command);
        return command.input.Item === undefined ? answer : pass(command);
      }),
    );
    const { state, token } = await store.claim("repeated");
    assert.equal(state, "claimed");
    assert.equal(await store.complete("repeated", token), true);
    assert.deepEqual(await store.claim("repeated"), { state: "done" });
  });

  test("an item that another has written or deleted meanwhile is read again", async () => {
    const other = dynamodb(client);
    for (const change of ["claims it", "deletes it"]) {
      let writes = 0;
      const store = dynamodb(
        seenBy(async (command, pass) => {
          if (command.input.Item !== undefined && (writes += 1) === 1) {
            await (change === "claims it"
              ? other.claim(change)
              : client.send(new DeleteItemCommand({ TableName, Key: { key: command.input.Item.key } })));
          }
          return pass(command);
        }),
      );
      if (change === "deletes it") {
        await other.release(change, (await other.claim(change)).token);
      }
      const { state } = await store.claim(change);
      assert.equal(state, change === "claims it" ? "busy" : "claimed");
    }
  });

  test("an error of the client is that of the call", async () => {
    const away = (command, pass) => (command.input.Item === undefined ? pass(command) : Promise.reject(new Error("it is away")));
    await assert.rejects(dynamodb(seenBy(away)).claim("away"), { message: "it is away" });
    const thrown = (command, pass) => (command.input.Item === undefined ? pass(command) : Promise.reject({ name: "ConditionalCheckFailedException" }));
    await assert.rejects(dynamodb(seenBy(thrown)).claim("thrown"), (error) => !(error instanceof Error));
  });

  test("without the table, health and claims say what to do", async () => {
    const missing = dynamodb(client, { table: "missing" });
    await assert.rejects(missing.claim("a"), ({ message, cause }) => {
      assert.match(message, /there is no table missing in this account and region: create it as the documentation/);
      return cause.name === "ResourceNotFoundException";
    });
    await assert.rejects(missing.health(), /store in DynamoDB is not ready \(there is no table missing .*\): see whether the table/);
  });

  test("a table's name is checked", () => {
    const arn = "arn:aws:dynamodb:us-east-1:123456789012:table/claims";
    for (const table of ["", "ab", "a b", "a b.c", "abc d", "x".repeat(256), "é".repeat(3), null, 1, "arn:", "arn: a", ` ${arn}`, `${arn} `, `arn:${"x".repeat(1021)}`]) {
      assert.throws(() => dynamodb(client, { table }), { code: "invalid_config", field: "table" });
    }
    for (const table of ["abc", "x".repeat(255), "a-Z.0_9", arn, `arn:${"x".repeat(1020)}`]) {
      dynamodb(client, { table });
    }
  });

  test("what is no client of DynamoDB is refused", () => {
    const s3 = { send() {}, config: { serviceId: "S3" } };
    for (const other of [undefined, null, {}, "us-east-1", s3, { config: { serviceId: "DynamoDB" } }]) {
      const message = /a DynamoDBClient of `@aws-sdk\/client-dynamodb` or a DynamoDBDocumentClient .* but got/;
      assert.throws(() => dynamodb(other), { name: "TypeError", message });
    }
    dynamodb({ send() {} });
    dynamodb({ send() {}, config: { serviceId: "DynamoDB" } });
  });
});
