import { join } from "node:path";

// The directory with the installed tools.
const root = join(import.meta.dirname, "../../..");

export default { outputFileTracingRoot: root, turbopack: { root } };
