export { default } from "../settings.mjs";
