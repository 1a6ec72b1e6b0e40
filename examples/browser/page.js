// Verifies a pasted delivery in the browser. Nothing leaves the page.
import { Verifier, WebhookError } from "docutray-webhook";

document.forms.delivery.addEventListener("submit", (submitted) => {
  submitted.preventDefault();
  const { secret, url, headers, body } = Object.fromEntries(new FormData(submitted.target));
  const answer = verdict({ secret: lines(secret), url }, lines(headers).map(pair), body);
  submitted.target.elements.verdict.value = JSON.stringify(answer, undefined, 2);
});

function verdict(options, headers, body) {
  try {
    const { type, id, key } = new Verifier(options).verify(headers, body);
    return { type, id, key };
  } catch (error) {
    if (error instanceof WebhookError) {
      return { status: error.status, code: error.code, detail: error.message };
    }
    if (error?.name === "InstanceLost") {
      return { status: 503, code: "verifier_unavailable", detail: error.message };
    }
    throw error;
  }
}

function lines(text) {
  return text.split(/\r?\n/).filter(Boolean);
}

function pair(line) {
  const [name, ...value] = line.split(":");
  return [name, value.join(":")];
}
