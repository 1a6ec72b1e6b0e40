import { join } from "node:path";

// The directory with the installed packages.
const root = join(import.meta.dirname, "../../..");

export default { outputFileTracingRoot: root, turbopack: { root } };
