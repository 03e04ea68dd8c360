/** What changes subscriptions in one piece. KEYS of a user's: the set of jobs, then who holds them. */
import { script } from "./script.ts"

/** ARGV: the process, then the jobs that it follows. */
export const followScript = script(`
for at = 2, #ARGV do
  redis.call('HSET', KEYS[2], ARGV[at] .. ' ' .. ARGV[1], 1)
  redis.call('SADD', KEYS[1], ARGV[at])
end
`)

const library = `
local function letGo(gone)
  for _, field in ipairs(gone) do redis.call('HDEL', KEYS[2], field) end
  local held = {}
  for _, field in ipairs(redis.call('HKEYS', KEYS[2])) do held[string.match(field, '^%S+')] = true end
  for _, field in ipairs(gone) do
    local job = string.match(field, '^%S+')
    if not held[job] then redis.call('SREM', KEYS[1], job) end
  end
end
`

/** ARGV: the process, the job that it leaves. */
export const leaveScript = script(`${library}
letGo({ ARGV[2] .. ' ' .. ARGV[1] })
`)

/** ARGV: the process that leaves all. */
export const dropScript = script(`${library}
local gone = {}
for _, field in ipairs(redis.call('HKEYS', KEYS[2])) do
  if string.match(field, '%S+$') == ARGV[1] then table.insert(gone, field) end
end
letGo(gone)
`)

const now = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
`

/** KEYS: the processes. ARGV: the one that is there. Gives 1 where it was known. */
export const beatScript = script(`${now}
return redis.call('ZADD', KEYS[1], now, ARGV[1]) == 0 and 1 or 0
`)

/** KEYS: the processes. ARGV: the milliseconds of silence. Gives those that are dead. */
export const silentScript = script(`${now}
return redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now - ARGV[1])
`)
