-- Sends the bodies of a file, each once. wrk -t1 -s load.lua <url> -- <file> <first line>
local bodies

function init(arguments)
  bodies = io.open(arguments[1], "r")
  bodies:seek("set", tonumber(arguments[2]))
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
end

function request()
  local body = bodies:read("*l")
  if body == nil then
    wrk.thread:stop()
    body = "{}"
  end
  return wrk.format(nil, nil, nil, body)
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
