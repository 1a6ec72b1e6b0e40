import { dirname } from "node:path";

// The directory with Next.
const root = dirname(import.meta.dirname);

export default { outputFileTracingRoot: root, turbopack: { root } };
