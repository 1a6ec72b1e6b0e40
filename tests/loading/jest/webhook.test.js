// A user's test, as Jest runs it without any setting.
const { Verifier, WebhookError } = require("docutray-webhook");
const { webHandler } = require("docutray-webhook/handler");
const { memory } = require("docutray-webhook/idempotency");

const { SECRET, SIGNED, URL } = process.env;
const { headers, body } = JSON.parse(SIGNED);

test("verifies", () => {
  const verifier = new Verifier({ secret: SECRET, url: URL });
  expect(verifier.verify(headers, body).id).toBe("conv_1");
  expect(() => verifier.verify(headers, `${body} `)).toThrow(WebhookError);
});

test("handles", async () => {
  const called = jest.fn();
  const handler = webHandler({ secret: SECRET, url: URL, idempotency: memory(), on: { "*": called } });
  const request = new Request(URL, { method: "POST", headers: { ...headers, "content-type": "application/json" }, body });
  expect((await handler(request)).status).toBe(200);
  expect(called).toHaveBeenCalledTimes(1);
});

for (const entry of ["node", "lambda", "module"]) {
  test(`requires ${entry}`, () => {
    expect(Object.keys(require(`docutray-webhook/${entry}`))).not.toHaveLength(0);
  });
}
