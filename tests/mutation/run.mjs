// `run.mjs [FILE...]`: has StrykerJS change the sources, all or these, beside the servers that tests of stores need.
import { Stryker } from "@stryker-mutator/core";
import { startPostgres, startRedis } from "./stores/servers.mjs";

const mutate = process.argv.slice(2);
const [redis, postgres] = await Promise.all([startRedis(), startPostgres()]);
process.env.REDIS_URL = redis.url;
process.env.POSTGRES_URL = postgres.url;
try {
  await new Stryker(mutate.length > 0 ? { mutate } : {}).runMutationTest();
} finally {
  await Promise.all([redis.end(), postgres.end()]);
}
