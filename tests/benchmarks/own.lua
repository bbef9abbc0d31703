-- Reads paths in random order, each with its own token ("-": none). wrk -t1 -s own.lua <url> -- <file of "path token" lines> <seed>
dofile(debug.getinfo(1, "S").source:match("^@(.*/)") .. "done.lua")
local requests = {}

function init(arguments)
  for line in io.lines(arguments[1]) do
    local path, token = line:match("^(%S+) (%S+)$")
    local text = "GET " .. path .. " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    if token ~= "-" then
      text = text .. "Authorization: Bearer " .. token .. "\r\n"
    end
    requests[#requests + 1] = text .. "\r\n"
  end
  math.randomseed(tonumber(arguments[2]))
end

function request()
  return requests[math.random(#requests)]
end
