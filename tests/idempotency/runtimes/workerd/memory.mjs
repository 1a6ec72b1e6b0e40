// A Worker without a shared store. It answers with what was written to the console while it was loaded.
const said = [];
console.warn = (...words) => said.push(words.join(" "));

const { webHandler } = await import("docutray-webhook/handler");
webHandler({ secret: "secret", url: "https://example.com/hooks", on: { "*": () => {} } });

export default { fetch: () => Response.json(said) };
