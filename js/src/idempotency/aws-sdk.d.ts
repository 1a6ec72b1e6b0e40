// The parts of the AWS SDK that `dynamodb.ts` uses. The SDK's own types need those of Node, which this package does not use.

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
