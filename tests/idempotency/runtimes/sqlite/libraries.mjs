// The libraries for SQLite in Node and in Bun, by module name.

/** Each returns an open database. `options` are the library's. */
export const LIBRARIES = {
  async "node:sqlite"(path, options = {}) {
    const { DatabaseSync } = await import("node:sqlite");
    return new DatabaseSync(path, options);
  },
  async "better-sqlite3"(path, options) {
    const { default: Database } = await import("better-sqlite3");
    return new Database(path, options);
  },
  async "bun:sqlite"(path, options) {
    const { Database } = await import("bun:sqlite");
    return new Database(path, { create: true, ...options });
  },
};
