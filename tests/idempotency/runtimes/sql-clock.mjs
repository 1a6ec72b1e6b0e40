// Shifts the clock of an SQLite database, which its statements read themselves.

/** Returns a database whose statements see a clock that is `clock.ahead` seconds ahead. */
export function onClock(database, clock) {
  const prepare = (sql) => database.prepare(sql.replaceAll("julianday('now')", `julianday('now', '${clock.ahead} seconds')`));
  return { prepare, batch: database.batch?.bind(database), exec: database.exec?.bind(database) };
}
