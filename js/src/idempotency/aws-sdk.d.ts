// What is used of the AWS SDK, as `dynamodb.ts` uses it. The SDK's own types need Node's, which this package does without.

declare module "@aws-sdk/client-dynamodb" {
  export interface AttributeValue {
    readonly S?: string;
    readonly N?: string;
  }

  export class GetItemCommand {
    constructor(input: { TableName: string; Key: Record<string, AttributeValue>; ConsistentRead: boolean });
  }

  export class PutItemCommand {
    constructor(input: {
      TableName: string;
      Item: Record<string, AttributeValue>;
      ConditionExpression: string;
      ExpressionAttributeNames: Record<string, string>;
      ExpressionAttributeValues?: Record<string, AttributeValue>;
    });
  }
}
