// A key holds a hash: `state` (`claimed`, `released` or `done`), the `token` of its latest claim, and that claim's `lease` and
// its end (`lease_ends`), both in µs. Time is the server's, so workers' clocks need not agree. Redis runs each script
// atomically.

/** Formats a whole number, since Lua would write a large one with an exponent. */
const WHOLE = `
local function whole(number)
  return string.format('%.0f', number)
end`;

/** µs since 1970. A double holds them exactly until the year 2255. */
const NOW = `
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]`;

/** Arguments: the lease in µs, `remember` in ms. Returns `claimed TOKEN`, `claimed TOKEN again`, `busy SECONDS` or `done`. */
export const CLAIM = `${WHOLE}${NOW}
local lease = tonumber(ARGV[1])
local state, token, leaseEnds, length = unpack(redis.call('HMGET', KEYS[1], 'state', 'token', 'lease_ends', 'lease'))
if state == 'done' then
  return 'done'
end
if state == 'claimed' then
  local left = leaseEnds - now
  -- More than the whole lease: the clock has jumped back. Counted from here, it ends all the same.
  if left > tonumber(length) then
    left = tonumber(length)
    redis.call('HSET', KEYS[1], 'lease_ends', whole(now + left))
  end
  if left > 0 then
    return 'busy ' .. whole(math.ceil(left / 1000000))
  end
end
local nextToken = math.max(now, (token or 0) + 1)
redis.call('HSET', KEYS[1], 'state', 'claimed', 'token', whole(nextToken))
redis.call('HSET', KEYS[1], 'lease_ends', whole(now + lease), 'lease', whole(lease))
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 'claimed ' .. whole(nextToken) .. (state and ' again' or '')
`;

/** Arguments: the token, the lease in µs, `remember` in ms. Returns 1, or 0 if the claim is not the caller's. */
export const RENEW = `${WHOLE}${NOW}
local state, token = unpack(redis.call('HMGET', KEYS[1], 'state', 'token'))
if state ~= 'claimed' or token ~= ARGV[1] then
  return 0
end
redis.call('HSET', KEYS[1], 'lease_ends', whole(now + ARGV[2]), 'lease', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1
`;

/** Arguments: the token, `remember` in ms. Returns the same, and also 1 if this claim was completed already, which it leaves as it is. */
export const COMPLETE = `
local state, token = unpack(redis.call('HMGET', KEYS[1], 'state', 'token'))
if state == 'released' or token ~= ARGV[1] then
  return 0
end
if state == 'done' then
  return 1
end
redis.call('HSET', KEYS[1], 'state', 'done')
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1
`;

/** Arguments and result as above. A released key keeps its token, so that the next one is greater. */
export const RELEASE = `
local state, token = unpack(redis.call('HMGET', KEYS[1], 'state', 'token'))
if state ~= 'claimed' or token ~= ARGV[1] then
  return 0
end
redis.call('HSET', KEYS[1], 'state', 'released')
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1
`;
