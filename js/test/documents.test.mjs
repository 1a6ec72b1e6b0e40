// Typed data, with schemas written here. tests/schemas uses those of libraries.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { UnfitPayload, Verifier, WebhookError } from "docutray-webhook";
import { documents, steps } from "docutray-webhook/documents";
import { webHandler } from "docutray-webhook/handler";
import { completed, delivery, NOW, SECRET, URL } from "./delivery.mjs";
import { receiver, request, told } from "./receiving.mjs";

const verifier = new Verifier({ secret: SECRET, url: URL });
const LEASE = { token: 1, signal: new AbortController().signal, seenBefore: false };

function event(fields) {
  const { headers, body } = delivery({ payload: completed(fields) });
  return verifier.verify(headers, body, NOW);
}

function step(fields) {
  const payload = completed({ step_execution_id: "e", status: "completed", step_id: "s", step_name: "n", ...fields });
  const { headers, body } = delivery({ event: "STEP_COMPLETED", payload });
  return verifier.verify(headers, body, NOW);
}

function schema(validate) {
  return { "~standard": { version: 1, vendor: "here", validate } };
}

const total = schema(({ total }) => (typeof total === "number" ? { value: { total, isLarge: total > 1000 } } : refused("total")));

function refused(...path) {
  return { issues: [{ message: `the document says ${"secret words"}`, path }] };
}

/** Returns the result of the handler for invoices. */
function handled(schemas, handlers, given = event()) {
  return documents(schemas, handlers).CONVERSION_COMPLETED(given, LEASE);
}

suite("documents", () => {
  test("passes the schema's output to the handler, and the other fields unchanged", async () => {
    const given = event({ extra_field: 1 });
    const seen = [];
    await handled({ invoice: total }, { invoice: (...args) => void seen.push(args) }, given);
    const [[got, lease]] = seen;
    assert.equal(lease, LEASE);
    assert.deepEqual(got.payload, { ...completed({ extra_field: 1 }), data: { total: 1190.5, isLarge: true } });
    assert.deepEqual([got.type, got.id, got.key], ["CONVERSION_COMPLETED", "conv_1", "CONVERSION_COMPLETED:conv_1"]);
    assert.deepEqual(JSON.parse(got.raw).data, completed().data);
  });

  test("waits for an asynchronous schema and for the handler", async () => {
    const slow = schema(async (data) => total["~standard"].validate(data));
    assert.equal(await handled({ invoice: slow }, { invoice: async ({ payload }) => payload.data.isLarge }), true);
    const failing = new Error("mine");
    await assert.rejects(handled({ invoice: slow }, { invoice: () => Promise.reject(failing) }), failing);
  });

  test("the error about data that does not fit names the field and not the value", async () => {
    const handlers = { invoice: () => assert.fail("it was called") };
    for (const given of [total, schema(async () => refused("total"))]) {
      await assert.rejects(handled({ invoice: given }, handlers, event({ data: {} })), (error) => {
        assert.ok(error instanceof UnfitPayload);
        assert.equal(error.field, "data.total");
        assert.equal(
          error.finding,
          "data.total has to be what the schema for the document type invoice expects, but is something else.",
        );
        assert.doesNotMatch(error.message + error.stack, /secret words/);
        return true;
      });
    }
  });

  test("passes an error that a schema throws on as the handler's error", async () => {
    const mine = new TypeError("mine");
    const broken = schema(() => {
      throw mine;
    });
    await assert.rejects(handled({ invoice: broken }, { invoice: () => {} }), mine);
  });

  test("passes a document of another type to `*` without checking its data", async () => {
    const seen = [];
    const handlers = { invoice: () => assert.fail(), "*": ({ payload }) => void seen.push(payload.document_type_code) };
    for (const document_type_code of ["receipt", "Invoice", "", "*", "constructor", "__proto__", "toString"]) {
      await handled({ invoice: total }, handlers, event({ document_type_code, data: {} }));
    }
    assert.deepEqual(seen, ["receipt", "Invoice", "", "*", "constructor", "__proto__", "toString"]);
    assert.equal(await handled({ invoice: total }, { invoice: () => 1 }, event({ document_type_code: "receipt" })), undefined);
  });

  test("calls a handler with its object as `this`", async () => {
    class Handlers {
      #found = "mine";
      invoice() {
        return this.#found;
      }
    }
    assert.equal(await handled({ invoice: total }, new Handlers()), "mine");
  });
});

suite("a document of a type without a handler", () => {
  const on = documents({ invoice: total }, { invoice: () => assert.fail("it was called") });
  const receipt = () => request({ payload: completed({ document_type_code: "receipt" }) });

  test("goes to the `*` of `on`", async () => {
    const seen = [];
    const { handler } = receiver({ on: { ...on, "*": ({ payload }) => void seen.push(payload.document_type_code) } });
    assert.deepEqual((await told(await handler(receipt()))).body, { verdict: "processed" });
    assert.deepEqual(seen, ["receipt"]);
  });

  test("is acknowledged if there is none", async () => {
    const { handler } = receiver({ on });
    assert.deepEqual((await told(await handler(receipt()))).body, { verdict: "acknowledged" });
  });

  test("goes to the `*` of `documents` first", async () => {
    const seen = [];
    const own = documents({ invoice: total }, { invoice: () => {}, "*": () => void seen.push("own") });
    const { handler } = receiver({ on: { ...own, "*": () => assert.fail("it was called") } });
    await handler(receipt());
    assert.deepEqual(seen, ["own"]);
  });
});

suite("the path of an issue", () => {
  const PATHS = [
    [[], "data"],
    [undefined, "data"],
    [["lines", 0, "amount"], "data.lines[0].amount"],
    [[{ key: "lines" }, { key: 1 }, { key: "amount" }], "data.lines[1].amount"],
    [["número_de_factura"], "data.número_de_factura"],
    [["names", "Juan Pérez", "age"], "data.names"],
    [["names", "a\nb"], "data.names"],
    [["names", "a".repeat(65)], "data.names"],
    [["names", ""], "data.names"],
    [["names", Symbol("mine"), "age"], "data.names"],
    [Array(1000).fill("a"), `data${".a".repeat(32)}`],
  ];
  for (const [path, field] of PATHS) {
    test(`leads to ${field.slice(0, 40)}`, async () => {
      const refusing = schema(() => ({ issues: [{ message: "", path }, { message: "", path: ["second"] }] }));
      await assert.rejects(handled({ invoice: refusing }, { invoice: () => {} }), { field });
    });
  }
});

test("a document without a handler goes to the handler of all other events", async () => {
  const handled = [];
  const on = {
    ...documents({ invoice: total }, { invoice: () => void handled.push("invoice") }),
    "*": () => void handled.push("other"),
  };
  const handler = webHandler({ secret: SECRET, url: URL, on });
  for (const [id, document_type_code] of [["a", "invoice"], ["b", "receipt"]]) {
    await handler(request({ payload: completed({ conversion_id: id, document_type_code }) }));
  }
  assert.deepEqual(handled, ["invoice", "other"]);
});

suite("steps", () => {
  test("chooses the schema by the step's id", async () => {
    const on = steps({ step_extract: total }, { step_extract: ({ payload }) => payload.data.isLarge, "*": () => "other" });
    assert.equal(await on.STEP_COMPLETED(step({ step_id: "step_extract" }), LEASE), true);
    assert.equal(await on.STEP_COMPLETED(step({ step_id: "step_other", data: {} }), LEASE), "other");
    await assert.rejects(on.STEP_COMPLETED(step({ step_id: "step_extract", data: {} }), LEASE), {
      field: "data.total",
      finding: "data.total has to be what the schema for the step step_extract expects, but is something else.",
    });
  });
});

suite("wrong arguments are refused:", () => {
  const noop = () => {};
  const WRONG = {
    "a schema without a handler": [{ invoice: total }, {}, "has to have a handler for invoice, but it is undefined"],
    "a handler that is none": [{ invoice: total }, { invoice: "save" }, "has to have a handler for invoice, but it is a string"],
    "a handler for all others that is none": [{ invoice: total }, { invoice: noop, "*": 1 }, "has to have a handler for *, but it is a number"],
    "a handler that resembles a schema": [{ invoice: total }, { invoice: noop, invoise: noop }, "for invoise, which has no schema: did you mean invoice?"],
    "a handler for what has no schema": [{ invoice: total }, { invoice: noop, receipt: noop }, 'for receipt, which has no schema: add one, or handle it under "*"'],
    "a schema that is none": [{ invoice: { parse() {} } }, { invoice: noop }, "zod from 3.24 on, valibot, arktype), but it is an Object"],
    "a schema that is not there": [{ invoice: undefined }, { invoice: noop }, "but it is undefined"],
    "a schema of another version": [{ invoice: { "~standard": { version: 2, validate: noop } } }, { invoice: noop }, "Standard Schema, version 1"],
    "no schema": [{}, { "*": noop }, "has no schema"],
    "a schema for all others": [{ "*": total, invoice: total }, { invoice: noop, "*": noop }, 'has a schema named "*"'],
  };
  for (const [what, [schemas, handlers, said]] of Object.entries(WRONG)) {
    test(what, () => {
      assert.throws(() => documents(schemas, handlers), (error) => {
        assert.ok(error instanceof WebhookError);
        assert.deepEqual([error.code, error.field], ["invalid_config", "documents"]);
        assert.ok(error.message.includes(said), error.message);
        return true;
      });
    });
  }

  test("everything at once", () => {
    assert.throws(() => steps({ a: 1, b: total }, { a: noop, c: noop }), (error) => {
      assert.equal(error.field, "steps");
      assert.equal(error.message.split("; ").length, 3);
      return true;
    });
  });

  test("arguments that are not objects", () => {
    assert.throws(() => documents(undefined, {}), { name: "TypeError", message: /its first argument is undefined/ });
    assert.throws(() => documents({ invoice: total }, noop), { name: "TypeError", message: /its second argument is a function/ });
  });
});
