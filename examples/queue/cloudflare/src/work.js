/**
 * Does the work for one event. It may run again for the same event if a worker was killed during it, or even just after it. So
 * running it twice for one `key` must have the same result, as with `insert ... on conflict (event_key) do nothing`.
 */
export async function work({ name, key, raw }) {
  const { document_type_code } = JSON.parse(raw);
  console.log(`${name} ${key}: ${document_type_code}`);
}
