// Compares the answers of a local API with its OpenAPI description.
import assert from "node:assert/strict";
import Ajv from "ajv/dist/2020.js";

/**
 * Returns a caller like `call`, which also checks each answer; `stream`, which does so for an answer that does not end; `takes`, whether a
 * body is as described; and what was not asked for.
 */
export async function described(url, call) {
  const { json: description } = await call("GET", "/api/openapi.json");
  const ajv = new Ajv({ strict: true, strictSchema: false, formats: { "date-time": (text) => !Number.isNaN(Date.parse(text)) } });
  ajv.addSchema(description, "api");
  const called = new Set();
  const checked = async (method, path, body) => {
    const answer = await call(method, path, body);
    const template = templateOf(description, method, path);
    const operation = description.paths[template][method.toLowerCase()];
    called.add(`${method} ${template}`);
    const status = operation.responses[answer.status] === undefined ? "default" : String(answer.status);
    if (status === "default") {
      assert.ok(answer.status >= 400, `${method} ${template} does not describe ${answer.status}`);
    }
    const response = resolved(description, operation.responses[status]);
    if (response.content === undefined) {
      assert.equal(answer.json, undefined, `${method} ${template} describes no body`);
    } else {
      check(ajv, pointer(template, method, "responses", status), answer.json, `${method} ${path}: ${answer.status}`);
    }
    if (operation.requestBody !== undefined && answer.status < 300) {
      check(ajv, pointer(template, method, "requestBody"), body ?? {}, `the body of ${method} ${path}`);
    }
    return answer;
  };
  const stream = async (path) => {
    const response = await fetch(url + path);
    await response.body.cancel();
    const { content } = description.paths[path].get.responses[response.status];
    assert.deepEqual(Object.keys(content), [response.headers.get("content-type")]);
    called.add(`GET ${path}`);
  };
  const takes = (method, path, body) => ajv.getSchema(pointer(templateOf(description, method, path), method, "requestBody"))(body);
  return { call: checked, stream, takes, uncalled: () => operations(description).filter((operation) => !called.has(operation)) };
}

function operations({ paths }) {
  return Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`));
}

/** Words come before parameters, as in the server. */
function templateOf({ paths }, method, path) {
  const [given] = path.split("?");
  const fits = (template) => new RegExp(`^${template.replace(/\{\w+\}/g, "[^/]+")}$`).test(given) && method.toLowerCase() in paths[template];
  const found = Object.keys(paths).filter(fits).sort((a, b) => a.split("{").length - b.split("{").length)[0];
  assert.ok(found, `${method} ${path} is not described`);
  return found;
}

function resolved(description, value) {
  return "$ref" in value ? value.$ref.slice(2).split("/").reduce((at, name) => at[name], description) : value;
}

function pointer(...parts) {
  const names = ["paths", parts[0], parts[1].toLowerCase(), ...parts.slice(2), "content", "application/json", "schema"];
  return `api#/${names.map((name) => encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"))).join("/")}`;
}

function check(ajv, schema, value, what) {
  const validate = ajv.getSchema(schema) ?? assert.fail(`no schema at ${schema}`);
  assert.ok(validate(value), `${what} is not as described: ${ajv.errorsText(validate.errors)}\n${JSON.stringify(value)}`);
}
