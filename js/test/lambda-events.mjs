// The events that AWS passes to a function for an HTTP request, from the samples in its documentation, with all their fields.
// `sent` is a list of headers as sent: [name, value], with one entry for each occurrence of a name.

/** An authorizer's events, by the kind of API. */
export const authorizerEvents = {
  /** "Input to an API Gateway Lambda authorizer", REQUEST; with the multiValueHeaders that API Gateway adds. */
  "REST API": (sent) => ({
    type: "REQUEST",
    methodArn: "arn:aws:execute-api:us-east-1:123456789012:abcdef123/test/POST/request",
    resource: "/request",
    path: "/request",
    httpMethod: "POST",
    headers: last([...AUTHORIZER_HEADERS, ...sent]),
    multiValueHeaders: all([...AUTHORIZER_HEADERS, ...sent]),
    queryStringParameters: { QueryString1: "queryValue1" },
    multiValueQueryStringParameters: { QueryString1: ["queryValue1"] },
    pathParameters: {},
    stageVariables: { StageVar1: "stageValue1" },
    requestContext: AUTHORIZER_CONTEXT,
  }),
  /** "Control access to HTTP APIs with AWS Lambda authorizers", 1.0: it has one value for each name. */
  "HTTP API, format 1.0": (sent) => ({
    version: "1.0",
    type: "REQUEST",
    methodArn: "arn:aws:execute-api:us-east-1:123456789012:abcdef123/test/POST/request",
    identitySource: "user1,123",
    authorizationToken: "user1,123",
    resource: "/request",
    path: "/request",
    httpMethod: "POST",
    headers: last([...AUTHORIZER_HEADERS, ...sent]),
    queryStringParameters: { QueryString1: "queryValue1" },
    pathParameters: {},
    stageVariables: { StageVar1: "stageValue1" },
    requestContext: AUTHORIZER_CONTEXT,
  }),
  /** The same, 2.0. */
  "HTTP API, format 2.0": (sent) => ({
    version: "2.0",
    type: "REQUEST",
    routeArn: "arn:aws:execute-api:us-east-1:123456789012:abcdef123/$default/POST/request",
    identitySource: ["user1", "123"],
    routeKey: "$default",
    rawPath: "/my/path",
    rawQueryString: "parameter1=value1&parameter1=value2&parameter2=value",
    cookies: ["cookie1", "cookie2"],
    headers: joined([["Header1", "value1"], ["Header2", "value2"], ...sent]),
    queryStringParameters: { parameter1: "value1,value2", parameter2: "value" },
    requestContext: routeContext("POST", { authentication: { clientCert: CLIENT_CERTIFICATE } }),
    pathParameters: { parameter1: "value1" },
    stageVariables: { stageVariable1: "value1", stageVariable2: "value2" },
  }),
};

/** Not usable: the event has only the one header that was configured. */
export const tokenAuthorizerEvent = {
  type: "TOKEN",
  authorizationToken: "allow",
  methodArn: "arn:aws:execute-api:us-west-2:123456789012:ymy8tbxw7b/*/GET/",
};

/** A function's events, by what calls it. `body` is what AWS makes of the body: text, base64 or null. */
export const functionEvents = {
  /** "Lambda proxy integrations in API Gateway", input format. */
  "REST API": ({ method = "POST", sent, body, isBase64Encoded = false }) => ({
    resource: "/my/path",
    path: "/my/path",
    httpMethod: method,
    headers: last([["header1", "value1"], ["header2", "value1"], ["header2", "value2"], ...sent]),
    multiValueHeaders: all([["header1", "value1"], ["header2", "value1"], ["header2", "value2"], ...sent]),
    queryStringParameters: { parameter1: "value1,value2", parameter2: "value" },
    multiValueQueryStringParameters: { parameter1: ["value1", "value2"], parameter2: ["value"] },
    requestContext: methodContext(method),
    pathParameters: null,
    stageVariables: null,
    body,
    isBase64Encoded,
  }),
  /** "AWS Lambda proxy integrations for HTTP APIs", 1.0. */
  "HTTP API, format 1.0": ({ method = "POST", sent, body, isBase64Encoded = false }) => ({
    version: "1.0",
    resource: "/my/path",
    path: "/my/path",
    httpMethod: method,
    headers: last([["Header1", "value1"], ["Header2", "value1"], ["Header2", "value2"], ...sent]),
    multiValueHeaders: all([["Header1", "value1"], ["Header2", "value1"], ["Header2", "value2"], ...sent]),
    queryStringParameters: { parameter1: "value1", parameter2: "value" },
    multiValueQueryStringParameters: { parameter1: ["value1", "value2"], parameter2: ["value"] },
    requestContext: methodContext(method),
    pathParameters: null,
    stageVariables: null,
    body,
    isBase64Encoded,
  }),
  /** The same, 2.0. Without a body, `body` is absent. */
  "HTTP API, format 2.0": ({ method = "POST", sent, body, isBase64Encoded = false }) => ({
    version: "2.0",
    routeKey: "$default",
    rawPath: "/my/path",
    rawQueryString: "parameter1=value1&parameter1=value2&parameter2=value",
    cookies: ["cookie1", "cookie2"],
    headers: joined([["Header1", "value1"], ["Header2", "value1"], ["Header2", "value2"], ...sent]),
    queryStringParameters: { parameter1: "value1,value2", parameter2: "value" },
    requestContext: routeContext(method, {
      authentication: { clientCert: CLIENT_CERTIFICATE },
      authorizer: { lambda: { requestId: "550e8400-e29b-41d4-a716-446655440000" } },
    }),
    ...(body === null ? {} : { body }),
    pathParameters: { parameter1: "value1" },
    isBase64Encoded,
    stageVariables: { stageVariable1: "value1", stageVariable2: "value2" },
  }),
  /** "Invoking Lambda function URLs". */
  "function URL": ({ method = "POST", sent, body, isBase64Encoded = false }) => ({
    version: "2.0",
    routeKey: "$default",
    rawPath: "/my/path",
    rawQueryString: "parameter1=value1&parameter1=value2&parameter2=value",
    cookies: ["cookie1", "cookie2"],
    headers: joined([["header1", "value1"], ["header2", "value1"], ["header2", "value2"], ...sent]),
    queryStringParameters: { parameter1: "value1,value2", parameter2: "value" },
    requestContext: routeContext(method, { authentication: null, authorizer: null }),
    ...(body === null ? {} : { body }),
    pathParameters: null,
    isBase64Encoded,
    stageVariables: null,
  }),
  /** "Lambda functions as targets for Application Load Balancers". */
  "load balancer": ({ method = "POST", sent, body, isBase64Encoded = false }) => ({
    requestContext: BALANCER_CONTEXT,
    httpMethod: method,
    path: "/lambda",
    queryStringParameters: { query: "1234ABCD" },
    headers: last([...BALANCER_HEADERS, ...sent.map(lowered)]),
    body: body ?? "",
    isBase64Encoded,
  }),
  /** The same with multi-value headers enabled. `headers` is then absent. */
  "load balancer, multi-value headers": ({ method = "POST", sent, body, isBase64Encoded = false }) => ({
    requestContext: BALANCER_CONTEXT,
    httpMethod: method,
    path: "/lambda",
    multiValueQueryStringParameters: { query: ["1234ABCD"] },
    multiValueHeaders: all([...BALANCER_HEADERS, ...sent.map(lowered)]),
    body: body ?? "",
    isBase64Encoded,
  }),
};

const CLIENT_CERTIFICATE = {
  clientCertPem: "CERT_CONTENT",
  subjectDN: "www.example.com",
  issuerDN: "Example issuer",
  serialNumber: "a1:a1:a1:a1:a1:a1:a1:a1:a1:a1:a1:a1:a1:a1:a1:a1",
  validity: { notBefore: "May 28 12:30:02 2019 GMT", notAfter: "Aug  5 09:36:04 2021 GMT" },
};

const AUTHORIZER_HEADERS = [
  ["X-AMZ-Date", "20170718T062915Z"],
  ["Accept", "*/*"],
  ["HeaderAuth1", "headerValue1"],
  ["CloudFront-Viewer-Country", "US"],
  ["CloudFront-Forwarded-Proto", "https"],
  ["CloudFront-Is-Tablet-Viewer", "false"],
  ["CloudFront-Is-Mobile-Viewer", "false"],
  ["User-Agent", "..."],
];

const AUTHORIZER_CONTEXT = {
  path: "/request",
  accountId: "123456789012",
  resourceId: "05c7jb",
  stage: "test",
  requestId: "...",
  identity: { apiKey: "...", sourceIp: "...", clientCert: CLIENT_CERTIFICATE },
  resourcePath: "/request",
  httpMethod: "POST",
  apiId: "abcdef123",
};

const BALANCER_CONTEXT = {
  elb: {
    targetGroupArn:
      "arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/lambda-279XGJDqGZ5rsrHC2Fjr/49e9d65c45c6791a",
  },
};

const BALANCER_HEADERS = [
  ["accept", "*/*"],
  ["connection", "keep-alive"],
  ["host", "lambda-alb-123578498.us-east-2.elb.amazonaws.com"],
  ["user-agent", "Docutray-Webhook/1.0"],
  ["x-amzn-trace-id", "Root=1-5c536348-3d683b8b04734faae651f476"],
  ["x-forwarded-for", "72.12.164.125"],
  ["x-forwarded-port", "443"],
  ["x-forwarded-proto", "https"],
  ["x-imforwards", "20"],
];

function methodContext(method) {
  return {
    accountId: "123456789012",
    apiId: "id",
    authorizer: { claims: null, scopes: null },
    domainName: "id.execute-api.us-east-1.amazonaws.com",
    domainPrefix: "id",
    extendedRequestId: "request-id",
    httpMethod: method,
    identity: {
      accessKey: null,
      accountId: null,
      caller: null,
      cognitoAuthenticationProvider: null,
      cognitoAuthenticationType: null,
      cognitoIdentityId: null,
      cognitoIdentityPoolId: null,
      principalOrgId: null,
      sourceIp: "IP",
      user: null,
      userAgent: "user-agent",
      userArn: null,
      clientCert: CLIENT_CERTIFICATE,
    },
    path: "/my/path",
    protocol: "HTTP/1.1",
    requestId: "id=",
    requestTime: "04/Mar/2020:19:15:17 +0000",
    requestTimeEpoch: 1583349317135,
    resourceId: null,
    resourcePath: "/my/path",
    stage: "$default",
  };
}

function routeContext(method, more) {
  return {
    accountId: "123456789012",
    apiId: "api-id",
    domainName: "id.execute-api.us-east-1.amazonaws.com",
    domainPrefix: "id",
    http: { method, path: "/my/path", protocol: "HTTP/1.1", sourceIp: "IP", userAgent: "agent" },
    requestId: "id",
    routeKey: "$default",
    stage: "$default",
    time: "12/Mar/2020:19:03:58 +0000",
    timeEpoch: 1583348638390,
    ...more,
  };
}

/** Format 1.0, `headers`: names as sent, with the last value of each. */
function last(sent) {
  return Object.fromEntries(sent);
}

/** Format 1.0, `multiValueHeaders`: all values. */
function all(sent) {
  const values = {};
  for (const [name, value] of sent) {
    (values[name] ??= []).push(value);
  }
  return values;
}

/** Format 2.0: names in lower case, with their values joined by commas. */
function joined(sent) {
  const values = Object.entries(all(sent.map(lowered)));
  return Object.fromEntries(values.map(([name, list]) => [name, list.join(",")]));
}

function lowered([name, value]) {
  return [name.toLowerCase(), value];
}
