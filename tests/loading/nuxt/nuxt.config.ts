export default defineNuxtConfig({
  compatibilityDate: "2025-11-01",
  nitro: {
    experimental: { wasm: true },
    // What `wrangler dev` needs.
    cloudflare: { deployConfig: true, nodeCompat: true },
  },
});
