import { join } from "node:path";

// Where the packages are installed.
const root = join(import.meta.dirname, "../../..");

export default { outputFileTracingRoot: root, turbopack: { root } };
