-- Sends the bodies of a file, each once; a line is a body, or a path and a body. wrk -t1 -s load.lua <url> -- <file>
dofile(debug.getinfo(1, "S").source:match("^@(.*/)") .. "done.lua")
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
