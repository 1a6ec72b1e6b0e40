/**
 * The work for one event. It may be begun again when a worker was killed over it, even if it had just ended: what it does
 * has to come to the same when it is done twice for one `key`, as `insert ... on conflict (event_key) do nothing` does.
 */
export async function work({ name, key, raw }) {
  const { document_type_code } = JSON.parse(raw);
  console.log(`${name} ${key}: ${document_type_code}`);
}
