/** What changes a session's hash in one piece. A device's field is `device:<hash of its secret>`, its value JSON. */
import { script } from "./script.ts"

/** How the fields of devices begin. */
export const deviceField = "device:"

// Devices whose time is up go with the next change; a hash without devices goes as a whole. Lifetimes are milliseconds.
const library = `
local function devices()
  local found = {}
  local fields = redis.call('HGETALL', KEYS[1])
  for at = 1, #fields, 2 do
    if string.sub(fields[at], 1, #'${deviceField}') == '${deviceField}' then found[fields[at]] = cjson.decode(fields[at + 1]) end
  end
  return found
end
local function tidy(now)
  local last = 0
  for field, device in pairs(devices()) do
    local ends = device.lastAccessMs + device.lifetimeMs
    if ends <= now then redis.call('HDEL', KEYS[1], field) else last = math.max(last, ends) end
  end
  if last == 0 then redis.call('DEL', KEYS[1]) else redis.call('PEXPIRE', KEYS[1], last - now) end
end
`

/** ARGV: now, then the fields of the hash with the device's among them. */
export const createScript = script(`${library}
redis.call('HSET', KEYS[1], unpack(ARGV, 2))
tidy(tonumber(ARGV[1]))
`)

/** ARGV: now, now as a text, the device's field, how long a use stays unwritten. Gives the device, or nothing. */
export const useScript = script(`${library}
local value = redis.call('HGET', KEYS[1], ARGV[3])
if not value then return false end
local device = cjson.decode(value)
local now = tonumber(ARGV[1])
if device.lastAccessMs + device.lifetimeMs <= now then return false end
if now - device.lastAccessMs >= tonumber(ARGV[4]) then
  device.lastAccessMs = now
  value = cjson.encode(device)
  redis.call('HSET', KEYS[1], ARGV[3], value, 'lastAccess', ARGV[2])
  tidy(now)
end
return value
`)

/** ARGV: now, the device's field. */
export const removeScript = script(`${library}
redis.call('HDEL', KEYS[1], ARGV[2])
tidy(tonumber(ARGV[1]))
`)

/** ARGV: now, the field of the device that stays. */
export const removeOthersScript = script(`${library}
for field in pairs(devices()) do
  if field ~= ARGV[2] then redis.call('HDEL', KEYS[1], field) end
end
tidy(tonumber(ARGV[1]))
`)
