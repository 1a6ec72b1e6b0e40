/** A store's SQL statements, for its table. */
export interface Statements {
  readonly create: string;
  readonly claim: string;
  readonly renew: string;
  readonly complete: string;
  readonly release: string;
}

/**
 * Keys are passed as bytes, `$1`. Time is the server's, read when a row is reached (`clock_timestamp()`). The time of the
 * statement's start would be too early if it had to wait for another statement.
 *
 * @param table - The table's quoted name.
 */
export function statements(table: string): Statements {
  return {
    // The index is made by a constraint, which needs no name. A name made from a long table name would be truncated.
    create: `CREATE TABLE IF NOT EXISTS ${table} (
  key bytea PRIMARY KEY, -- SHA-256 of the event's key
  state text NOT NULL CHECK (state IN ('claimed', 'released', 'done')),
  token bigint NOT NULL, -- of the latest claim, as all that follows
  claim_id uuid NOT NULL,
  claims integer NOT NULL, -- how many there were
  lease interval NOT NULL,
  lease_ends timestamptz NOT NULL,
  forget_after timestamptz NOT NULL,
  UNIQUE (forget_after, key)
);
`,

    // One statement, so that of several at once exactly one inserts the key and the others wait for its row. The row is
    // written in any case, since only written rows are returned. The claim's id, `$2`, tells whose claim the row then holds.
    // Afterwards (`now` comes from the claim) it deletes old rows, but only unlocked ones, so that it never waits for two rows.
    claim: `WITH claim AS (
  INSERT INTO ${table} AS kept (key, state, token, claim_id, claims, lease, lease_ends, forget_after)
  SELECT sha256($1::bytea), 'claimed', ${microseconds("now")}, $2::uuid, 1, lease, now + lease, now + remember
  FROM (
    SELECT clock_timestamp() AS now, ${seconds("$3")} AS lease, ${seconds("$4")} AS remember
  ) AS new
  ON CONFLICT (key) DO UPDATE SET (state, token, claim_id, claims, lease, lease_ends, forget_after) = (
    WITH clock AS MATERIALIZED (
      SELECT clock_timestamp() AS now
    ), found AS MATERIALIZED (
      SELECT
        now,
        kept.forget_after <= now AS is_forgotten,
        kept.state = 'released' OR kept.state = 'claimed' AND kept.lease_ends <= now AS is_free
      FROM clock
    )
    SELECT
      'claimed',
      greatest(kept.token + 1, ${microseconds("now")}),
      EXCLUDED.claim_id,
      CASE WHEN is_forgotten THEN 1 ELSE kept.claims + 1 END,
      EXCLUDED.lease,
      now + EXCLUDED.lease,
      now + ${seconds("$4")}
    FROM found WHERE is_forgotten OR is_free
    UNION ALL
    -- A lease that has more left than its length: the clock has jumped back. Counted from here, it ends all the same.
    SELECT
      kept.state, kept.token, kept.claim_id, kept.claims, kept.lease,
      least(kept.lease_ends, now + kept.lease),
      kept.forget_after
    FROM found WHERE NOT (is_forgotten OR is_free)
  )
  RETURNING state, token, claim_id, claims, lease_ends, clock_timestamp() AS now
), deleted AS (
  DELETE FROM ${table} WHERE key = ANY (ARRAY(
    SELECT key FROM ${table}
    WHERE forget_after < (SELECT now FROM claim) AND key <> sha256($1::bytea)
    ORDER BY forget_after LIMIT 10 FOR UPDATE SKIP LOCKED
  ))
)
SELECT
  CASE WHEN claim_id = $2::uuid THEN 'claimed' WHEN state = 'done' THEN 'done' ELSE 'busy' END AS state,
  token::text AS token,
  CASE WHEN claims > 1 THEN 'yes' ELSE 'no' END AS seen_before,
  greatest(1, ceil(extract(epoch FROM lease_ends - now)))::text AS seconds
FROM claim`,

    renew: `UPDATE ${table} SET (lease, lease_ends, forget_after) = (
  SELECT lease, now + lease, now + ${seconds("$4")}
  FROM (SELECT clock_timestamp() AS now, ${seconds("$3")} AS lease) AS new
)
WHERE key = sha256($1::bytea) AND token = $2::bigint AND state = 'claimed'
RETURNING 1`,

    // A repeated completion writes the row as it is, since only written rows are returned.
    complete: `UPDATE ${table} SET
  state = 'done',
  forget_after = CASE WHEN state = 'done' THEN forget_after ELSE clock_timestamp() + ${seconds("$3")} END
WHERE key = sha256($1::bytea) AND token = $2::bigint AND state <> 'released'
RETURNING 1`,

    release: `UPDATE ${table} SET state = 'released', forget_after = clock_timestamp() + ${seconds("$3")}
WHERE key = sha256($1::bytea) AND token = $2::bigint AND state = 'claimed'
RETURNING 1`,
  };
}

/** Returns a number of seconds as an interval. */
function seconds(parameter: string): string {
  return `make_interval(secs => ${parameter}::float8)`;
}

/** Returns a time as microseconds since 1970. */
function microseconds(time: string): string {
  return `floor(extract(epoch FROM ${time}) * 1000000)::bigint`;
}
