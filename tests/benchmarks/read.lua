-- Reads paths with tokens in random order. wrk -t1 -s read.lua <url> -- <file of "path etag" lines> <file of tokens> <with etag: 0 or 1>
local paths, tags, tokens = {}, {}, {}
local known, place = false, 1

function init(arguments)
  for line in io.lines(arguments[1]) do
    local path, tag = line:match("^(%S+) (%S*)$")
    paths[#paths + 1], tags[#tags + 1] = path, tag
  end
  for line in io.lines(arguments[2]) do
    tokens[#tokens + 1] = line
  end
  known = arguments[3] == "1"
  math.randomseed(tonumber(arguments[4]))
end

function request()
  place = math.random(#paths)
  local text = "GET " .. paths[place] .. " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
  if #tokens > 0 then
    text = text .. "Authorization: Bearer " .. tokens[math.random(#tokens)] .. "\r\n"
  end
  if known then
    text = text .. "If-None-Match: " .. tags[place] .. "\r\n"
  end
  return text .. "\r\n"
end

function done(summary, latency, requests)
  io.stderr:write(string.format(
    '{"requests": %d, "refused": %d, "broken": %d, "seconds": %.6f, "p50Milliseconds": %.2f, "p99Milliseconds": %.2f}\n',
    summary.requests,
    summary.errors.status,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout,
    summary.duration / 1e6,
    latency:percentile(50) / 1e3,
    latency:percentile(99) / 1e3
  ))
end
