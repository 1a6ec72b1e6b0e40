// Creates a database as in the documentation: `set-up.mjs FILE`, in a Node with `node:sqlite`.
import { DatabaseSync } from "node:sqlite";
import { sqliteSchema } from "docutray-webhook/idempotency";

const database = new DatabaseSync(process.argv[2]);
database.exec("PRAGMA journal_mode = WAL");
database.exec(sqliteSchema());
database.close();
