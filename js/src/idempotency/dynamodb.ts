/**
 * A store in Amazon DynamoDB. This is a separate entry, since it imports `@aws-sdk/client-dynamodb` of the AWS SDK, which
 * your application installs.
 *
 * ```ts
 * import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
 * import { dynamodb } from "docutray-webhook/idempotency/dynamodb";
 *
 * const idempotency = dynamodb(new DynamoDBClient(), { table: "docutray_webhook_claims" });
 * ```
 *
 * @packageDocumentation
 * @module docutray-webhook/idempotency/dynamodb
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

/** The options of {@link dynamodb}. */
export interface DynamoDbOptions extends StoreOptions {
  /**
   * The table's name or ARN. Default `docutray_webhook_claims`. **Two services that receive the same events need different
   * ones.**
   */
  readonly table?: string | undefined;
}

/** The parts that the store uses of a `DynamoDBClient`, `DynamoDB`, `DynamoDBDocumentClient` or `DynamoDBDocument` of the AWS SDK 3. */
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
 * Keeps claims in one table of DynamoDB, for any number of workers. Create the table with
 * `aws dynamodb create-table --cli-input-json`:
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
 * and let DynamoDB delete expired items, by their attribute `expires`:
 *
 * ```sh
 * aws dynamodb update-time-to-live --table-name docutray_webhook_claims \
 *   --time-to-live-specification Enabled=true,AttributeName=expires
 * ```
 *
 * It may delete them days later. That changes nothing: an expired item counts as deleted. Workers need the permissions
 * `dynamodb:GetItem` and `dynamodb:PutItem` on the table.
 *
 * **A condition in DynamoDB cannot read a clock, so the workers' clocks count.** A worker whose clock is some seconds ahead
 * takes over leases too early by that time. Both workers may then process the event, although only one of them can complete it.
 * A worker whose clock is behind takes them over too late. Synchronise the clocks, as AWS Lambda does, and set `lease` far above
 * their possible difference. Tokens keep growing in any case, unless an item was deleted and clocks differ by more than
 * `remember`.
 *
 * Each call is one consistent read, and one conditional write if something changes. The SDK may repeat a write whose answer was
 * lost; the store recognises that. A call fails with the SDK's error. With these settings it fails soon, and Docutray is told
 * to retry:
 *
 * ```ts
 * const requestHandler = { connectionTimeout: 1000, requestTimeout: 1500, throwOnRequestTimeout: true };
 * const client = new DynamoDBClient({ maxAttempts: 2, requestHandler });
 * ```
 *
 * In a global table without strong consistency, all workers must use the same region, since conditions hold within one region.
 *
 * The tests run the store against `dynalite`, an emulator without time to live, not against DynamoDB.
 *
 * @throws `WebhookError` `invalid_config`, whose `field` names the option; `TypeError` if `client` is not such a client.
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

/** A name has 3 to 255 characters. An ARN is longer. */
const TABLE = /^([A-Za-z0-9_.-]{3,255}|arn:[!-~]{1,1020})$/;

function tableName(table: unknown = "docutray_webhook_claims"): string {
  if (typeof table !== "string" || !TABLE.test(table)) {
    throw invalidConfig("table", "has to be a table's name, 3 to 255 of the characters A-Z, a-z, 0-9, _, - and ., or its ARN");
  }
  return table;
}

type Item = Record<string, AttributeValue>;

/** Each write gives an item a new `revision`, which is its version. */
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
        // If the SDK has repeated a write whose answer was lost, the item is what its first attempt wrote.
        return (await item(key))?.["revision"]?.S === revision;
      }
    },
  };
}

/** Writes only if the item has that version, or if it must not exist and does not. */
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
    // Time to live is in seconds.
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
    ? new Error(`there is no table ${table} in this account and region: create it as the documentation of dynamodb() says`, {
        cause: error,
      })
    : error;
}

/** Not with `instanceof`: the application may use another copy of the SDK than the one imported here. */
function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}
