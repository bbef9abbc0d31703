-- Sends the bodies of a file, each once; a line is a body, or a path and a body. wrk -t1 -s load.lua <url> -- <file>
dofile(debug.getinfo(1, "S").source:match("^@(.*/)") .. "done.lua")
local bodies, body

function init(arguments)
  bodies = io.open(arguments[1], "r")
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
end

function request()
  local line = bodies:read("*l")
  if line == nil then
    -- The last once more, which is answered and writes nothing: a run that has no more to send ends.
    wrk.thread:stop()
  else
    body = line
  end
  local path = body:match("^/%S*")
  return wrk.format(nil, path, nil, path and body:sub(#path + 2) or body)
end
