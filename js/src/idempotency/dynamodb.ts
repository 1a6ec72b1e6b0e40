/**
 * A store in Amazon DynamoDB. It is an entry of its own, since it imports the AWS SDK's package `@aws-sdk/client-dynamodb`,
 * which the application installs.
 *
 * ```ts
 * import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
 * import { dynamodb } from "docutray-webhook/idempotency/dynamodb";
 *
 * const idempotency = dynamodb(new DynamoDBClient(), { table: "docutray_webhook_claims" });
 * ```
 *
 * @packageDocumentation
 */
import { GetItemCommand, PutItemCommand, type AttributeValue } from "@aws-sdk/client-dynamodb";
import { invalidConfig } from "../options.js";
import { valueKind } from "../value-kind.js";
import { callingStore } from "./claim-call.js";
import type { ClaimRecord } from "./claim-record.js";
import { storeOptions, type StoreOptions } from "./durations.js";
import { keyHashHex } from "./key-hash.js";
import type { StoreWithHealth } from "./store.js";
import { carriedOutOn, type VersionedRecords } from "./versioned-records.js";

/** How a store in DynamoDB keeps claims, and where. */
export interface DynamoDbOptions extends StoreOptions {
  /**
   * The table's name or ARN. Default `docutray_webhook_claims`. **Two services that receive the same events need different
   * ones.**
   */
  readonly table?: string | undefined;
}

/** As much as is used of a `DynamoDBClient`, `DynamoDB`, `DynamoDBDocumentClient` or `DynamoDBDocument` of the AWS SDK 3. */
export interface DynamoDbClient {
  send(command: never): Promise<object>;
  readonly config: object;
}

const READINESS = {
  place: "DynamoDB",
  advice:
    "see whether the table is in this account and region, with `key` of type S as its only key, and whether this role may " +
    "GetItem and PutItem on it",
};

/**
 * Keeps claims in one table of DynamoDB, for any number of workers. The table is yours to make:
 *
 * ```json
 * {
 *   "TableName": "docutray_webhook_claims",
 *   "AttributeDefinitions": [{ "AttributeName": "key", "AttributeType": "S" }],
 *   "KeySchema": [{ "AttributeName": "key", "KeyType": "HASH" }],
 *   "BillingMode": "PAY_PER_REQUEST"
 * }
 * ```
 *
 * That is what `aws dynamodb create-table --cli-input-json` takes. To have old items deleted, switch on time to live for the
 * attribute `expires`: `aws dynamodb update-time-to-live --table-name docutray_webhook_claims
 * --time-to-live-specification Enabled=true,AttributeName=expires`. The store does not depend on when that happens. Workers
 * need `dynamodb:GetItem` and `dynamodb:PutItem` on the table.
 *
 * **DynamoDB's conditions have no clock, so the workers' clocks count.** A worker whose clock is ahead by some seconds takes
 * the leases of others that much too early, and both may then process the event, though only one of them can complete it. A
 * worker whose clock is behind waits that much longer. Keep the clocks together, as AWS Lambda's are, and `lease` far above
 * what they may differ. Tokens grow all the same, unless an item was deleted and clocks differ by more than `remember`.
 *
 * Each call is a consistent read, and a conditional write where it changes something. A write that the SDK repeats since its
 * answer was lost is recognised. A call fails with what the SDK throws; let it throw soon, so that Docutray is told to come again:
 *
 * ```ts
 * const requestHandler = { connectionTimeout: 1000, requestTimeout: 1500, throwOnRequestTimeout: true };
 * const client = new DynamoDBClient({ maxAttempts: 2, requestHandler });
 * ```
 *
 * In a global table that is not strongly consistent, give all workers one region: conditions hold within a region alone.
 *
 * The tests run this against `dynalite`, an emulator without time to live, and not against DynamoDB.
 *
 * @throws {@link WebhookError} `invalid_config`, whose `field` names the option; `TypeError` for what is no such client.
 */
export function dynamodb(client: DynamoDbClient, options: DynamoDbOptions = {}): StoreWithHealth {
  const { serviceId = "DynamoDB" } = (client?.config ?? {}) as { serviceId?: unknown };
  if (typeof client?.send !== "function" || serviceId !== "DynamoDB") {
    throw new TypeError(
      "dynamodb(client) needs a client of the AWS SDK 3: a DynamoDBClient of `@aws-sdk/client-dynamodb` or a " +
        `DynamoDBDocumentClient of \`@aws-sdk/lib-dynamodb\`, but got ${valueKind(client)}`,
    );
  }
  const { own: table, ...durations } = storeOptions(options, { name: "table", check: tableName });
  const records = recordsOf(client, table);
  return callingStore(durations, READINESS, async (key, call) => carriedOutOn(records, await keyHashHex(key), call));
}

/** A name has at most 255 characters, an ARN some more. */
const TABLE = /^([A-Za-z0-9_.-]{3,255}|arn:[!-~]{1,1020})$/;

function tableName(table: unknown = "docutray_webhook_claims"): string {
  if (typeof table !== "string" || !TABLE.test(table)) {
    throw invalidConfig("table", "has to be a table's name, 3 to 255 of the characters A-Z, a-z, 0-9, _, - and ., or its ARN");
  }
  return table;
}

type Item = Record<string, AttributeValue>;

/** A version is the `revision` of the item, which each write makes anew. */
function recordsOf(client: DynamoDbClient, table: string): VersionedRecords<string | undefined> {
  async function item(key: string): Promise<Item | undefined> {
    const command = new GetItemCommand({ TableName: table, Key: { key: { S: key } }, ConsistentRead: true });
    const { Item } = (await client.send(command as never)) as { Item?: Item };
    return Item;
  }
  return {
    name: "DynamoDB",
    async read(key) {
      const found = await item(key).catch((error: unknown) => Promise.reject(withAdvice(error, table)));
      return { record: found && recordOf(found), version: found?.["revision"]?.S, now: Date.now() };
    },
    async write(key, record, { version }) {
      const revision = crypto.randomUUID();
      try {
        await client.send(put(table, { ...itemOf(record), key: { S: key }, revision: { S: revision } }, version) as never);
        return true;
      } catch (error) {
        if (!isNamed(error, "ConditionalCheckFailedException")) {
          throw error;
        }
        // The SDK repeats a write whose answer was lost, and the repetition finds what the first has written.
        return (await item(key))?.["revision"]?.S === revision;
      }
    },
  };
}

/** Written only where the item is of that version, or not there. */
function put(TableName: string, Item: Item, version: string | undefined): PutItemCommand {
  const condition =
    version === undefined
      ? { ConditionExpression: "attribute_not_exists(#key)", ExpressionAttributeNames: { "#key": "key" } }
      : {
          ConditionExpression: "#revision = :found",
          ExpressionAttributeNames: { "#revision": "revision" },
          ExpressionAttributeValues: { ":found": { S: version } },
        };
  return new PutItemCommand({ TableName, Item, ...condition });
}

function itemOf({ state, token, lease, leaseEnds, forgetAfter }: ClaimRecord): Item {
  return {
    state: { S: state },
    token: { N: String(token) },
    lease: { N: String(lease) },
    lease_ends: { N: String(leaseEnds) },
    forget_after: { N: String(forgetAfter) },
    // DynamoDB's time to live is in seconds.
    expires: { N: String(Math.ceil(forgetAfter / 1000)) },
  };
}

function recordOf(item: Item): ClaimRecord {
  const number = (name: string) => Number(item[name]?.N);
  return {
    state: item["state"]?.S as ClaimRecord["state"],
    token: number("token"),
    lease: number("lease"),
    leaseEnds: number("lease_ends"),
    forgetAfter: number("forget_after"),
  };
}

function withAdvice(error: unknown, table: string): unknown {
  return isNamed(error, "ResourceNotFoundException")
    ? new Error(`there is no table ${table} in this account and region: make it as the documentation of dynamodb() says`, {
        cause: error,
      })
    : error;
}

/** By its name: the application's SDK may be another copy than the one that is imported here. */
function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}
