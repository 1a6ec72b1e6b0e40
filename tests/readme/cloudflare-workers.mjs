// Gives a snippet for Cloudflare Workers the variables of this process. `frameworks-web` runs Workers for real.
const MODULE = "data:text/javascript,export const env = process.env;";

export function resolve(specifier, context, next) {
  return specifier === "cloudflare:workers" ? { url: MODULE, shortCircuit: true } : next(specifier, context);
}
