/** Chromium and WebKit write the policy's name, Firefox its abbreviation. */
const BY_THE_PAGE = /Content Security Policy|\bCSP\b/i;
/** Cloudflare Workers. They only run modules that they have compiled themselves. */
const BY_THE_HOST = /disallowed by embedder/i;

/**
 * Returns what to do about a host that forbids WebAssembly, if that is what its error says. Chromium and Firefox refuse to compile
 * a module, and WebKit refuses to instantiate it.
 */
export function forbidden(cause: unknown): string | undefined {
  const said = String(cause);
  if (BY_THE_PAGE.test(said)) {
    return (
      "the page's Content Security Policy forbids WebAssembly, which docutray-webhook needs: " +
      "add 'wasm-unsafe-eval' to the policy's script-src, for example script-src 'self' 'wasm-unsafe-eval'"
    );
  }
  if (BY_THE_HOST.test(said)) {
    return (
      "this host compiles no WebAssembly from bytes: let it import docutray-webhook/docutray_webhook.wasm as a module, and pass that " +
      "to instantiate of docutray-webhook/module"
    );
  }
  return undefined;
}
