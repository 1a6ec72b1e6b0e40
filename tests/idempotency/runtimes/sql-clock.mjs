// The clock of a database in SQLite, which its statements read themselves.

/** A database that carries out statements as if its clock were `clock.ahead` seconds further. */
export function onClock(database, clock) {
  const prepare = (sql) => database.prepare(sql.replaceAll("julianday('now')", `julianday('now', '${clock.ahead} seconds')`));
  return { prepare, batch: database.batch?.bind(database), exec: database.exec?.bind(database) };
}
