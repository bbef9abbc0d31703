-- Sends the bodies of a file, each once; a line is a body, or a path and a body. wrk -t1 -s load.lua <url> -- <file>
local bodies

function init(arguments)
  bodies = io.open(arguments[1], "r")
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
end

function request()
  local body = bodies:read("*l")
  if body == nil then
    wrk.thread:stop()
    body = "{}"
  end
  local path = body:match("^/%S*")
  return wrk.format(nil, path, nil, path and body:sub(#path + 2) or body)
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
