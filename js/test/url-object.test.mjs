// A `URL` object as `url`: what it counts as.
import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { runInNewContext } from "node:vm";
import { Verifier } from "docutray-webhook";
import { delivery, NOW, SECRET, URL } from "./delivery.mjs";
import { refuses } from "./refusal.mjs";

function passes(url, registered) {
  const { headers, body } = delivery({ url: registered });
  return new Verifier({ secret: SECRET, url }).verify(headers, body, NOW).delivery.metadataAuthenticated;
}

suite("a URL object", () => {
  test("counts as its href", () => {
    assert.ok(passes(new globalThis.URL(URL), URL));
    assert.ok(passes([new globalThis.URL("https://example.com/other"), new globalThis.URL(URL)], URL));
    assert.ok(passes(new globalThis.URL("https://example.com/hooks?x=1"), "https://example.com/hooks?x=1"));
    refuses(() => passes(new globalThis.URL(URL), `${URL}/`), "auth_signature_mismatch", "x-docutray-auth-signature");
  });

  test("without a path counts with and without the slash that URL adds", () => {
    for (const registered of ["https://example.com", "https://example.com/"]) {
      assert.ok(passes(new globalThis.URL(registered), registered));
      assert.ok(passes(new globalThis.URL("https://example.com"), registered));
    }
    refuses(() => passes("https://example.com/", "https://example.com"), "auth_signature_mismatch", "x-docutray-auth-signature");
  });

  test("may be of another realm", () => {
    const url = runInNewContext("Object.create({ get href() { return text }, get searchParams() { return {} } })", { text: URL });
    assert.ok(passes(Object.assign(url, { pathname: "/hooks/docutray", search: "", hash: "" }), URL));
  });

  test("of another scheme is refused", () => {
    for (const url of ["ftp://example.com/hooks", "data:,x", "mailto:a@example.com"]) {
      refuses(() => new Verifier({ secret: SECRET, url: new globalThis.URL(url) }), "invalid_config", "url");
    }
  });
});
