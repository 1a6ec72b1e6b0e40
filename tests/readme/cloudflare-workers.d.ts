// What `wrangler types` writes for a Worker with these two variables.
declare module "cloudflare:workers" {
  export const env: { readonly DOCUTRAY_WEBHOOK_SECRET: string; readonly DOCUTRAY_WEBHOOK_URL: string };
}
