-- Sends the requests of a file in random order. wrk -t1 -s read.lua <url> -- <file of "path etag token" lines, - for none> <with etag: 0 or 1> <seed>
local requests = {}

function init(arguments)
  local known = arguments[2] == "1"
  for line in io.lines(arguments[1]) do
    local path, tag, token = line:match("^(%S+) (%S+) (%S+)$")
    local text = "GET " .. path .. " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    if token ~= "-" then
      text = text .. "Authorization: Bearer " .. token .. "\r\n"
    end
    if known then
      text = text .. "If-None-Match: " .. tag .. "\r\n"
    end
    requests[#requests + 1] = text .. "\r\n"
  end
  math.randomseed(tonumber(arguments[3]))
end

function request()
  return requests[math.random(#requests)]
end

function done(summary, latency, requests)
  io.stderr:write(string.format(
    '{"requests": %d, "bytes": %d, "refused": %d, "broken": %d, "seconds": %.6f, "p50Milliseconds": %.2f, "p99Milliseconds": %.2f}\n',
    summary.requests,
    summary.bytes,
    summary.errors.status,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout,
    summary.duration / 1e6,
    latency:percentile(50) / 1e3,
    latency:percentile(99) / 1e3
  ))
end
