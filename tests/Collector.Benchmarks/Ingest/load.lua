-- What wrk sends: new responses of about 500 bytes, as the widget writes them. Arguments: the site's key; for how many seconds.
local ffi = require("ffi")
ffi.cdef [[
  typedef struct { long seconds, nanoseconds; } moment;
  int clock_gettime(int clock, moment *now);
]]
local floor, format, random = math.floor, string.format, math.random
local pages, openVisits = 5000, 2000

-- A value's share is how often it stands here.
local function list(text)
  local values = {}
  for value in text:gmatch("%S+") do values[#values + 1] = value end
  return function() return values[random(#values)] end
end
local score = list("7 7 7 7 7 7 7 7 7 6 6 6 6 6 5 5 4 3 2 1")
local intent = list("inform inform inform inform inform inform compare compare compare buy buy buy manage manage help help contact complain job other")
local success = list("yes yes yes yes yes yes partly partly no busy")
local state = list("complete complete complete complete complete partial partial partial dismissed dismissed")
local device = list("mobile mobile mobile mobile mobile mobile desktop desktop desktop tablet")
local language = list("nl nl nl nl nl nl nl en en de")
local referrer = list("null null null \"https://search.example/\" \"https://search.example/\" \"https://news.example/economy/energy\"")
local reasons = {
  "Kon de prijs niet vinden", "The form kept losing what I had filled in", "Moest drie keer opnieuw inloggen, daarna ging het",
  "Zoeken gaf niets bruikbaars", "Could not find the delivery times", "Niet duidelijk welk formulier ik nodig had",
}

local clock = ffi.new("moment")
local function now()
  ffi.C.clock_gettime(0, clock)
  return tonumber(clock.seconds) + tonumber(clock.nanoseconds) / 1e9
end

-- Version 7, which sorts by its time, as the widget makes them for responses and for visits.
local function uuid7(time)
  local ms = floor(time * 1000)
  return format("%08x-%04x-7%03x-%x%03x-%04x%08x", floor(ms / 65536), ms % 65536, random(0, 4095), random(8, 11), random(0, 4095),
    random(0, 65535), random(0, 4294967295))
end

-- Zipf's law: the page of rank n is visited 1/n as often as the first.
local upTo, path = {}, {}
local total = 0
for rank = 1, pages do
  total = total + 1 / rank
  upTo[rank] = total
  path[rank] = format("https://shop.example/%s/article-%d", ({ "products", "service", "contact", "news" })[rank % 4 + 1], rank)
end
local function page()
  local place, low, high = random() * total, 1, pages
  while low < high do
    local middle = floor((low + high) / 2)
    if upTo[middle] < place then low = middle + 1 else high = middle end
  end
  return path[low]
end

-- A visit: its id, when it began, its pages so far. A third of the responses belong to a visit that gave one before.
local visits = {}
local function visit(time)
  local place = random(openVisits)
  if not visits[place] or random(3) > 1 then
    local began = time - random(5, 600)
    visits[place] = { id = uuid7(began), began = began, pages = random(6), hasIntent = false }
  else
    visits[place].pages = visits[place].pages + 1
  end
  return visits[place]
end

-- A visitor who told the intent is not asked again; who gives up half-way has told the effort only, or also the intent.
local function answers(how, of)
  if how == "dismissed" then return "" end
  local effort, done = score(), success()
  local given = '{"question":"effort","score":' .. effort .. "}"
  if not of.hasIntent and (how == "complete" or random(2) == 1) then
    given = given .. ',{"question":"intent","choice":"' .. intent() .. '"}'
    of.hasIntent = true
  end
  if how == "complete" then
    given = given .. ',{"question":"success","choice":"' .. done .. '"}'
    if (tonumber(effort) < 4 or done ~= "yes") and random(2) == 1 then
      given = given .. ',{"question":"reason","text":"' .. reasons[random(#reasons)] .. '"}'
    end
  end
  return given
end

local stamp, stamped = "", 0
local function timestamp(time)
  local second = floor(time)
  if second ~= stamped then stamp, stamped = os.date("!%Y-%m-%dT%H:%M:%S", second), second end
  return format("%s.%03dZ", stamp, floor((time - second) * 1000))
end

local threads = {}
function setup(thread)
  threads[#threads + 1] = thread
  thread:set("number", #threads)
end

local head, site, seconds, ends
finished = 0
function init(arguments)
  site, seconds = arguments[1], tonumber(arguments[2])
  math.randomseed(now() * 1000 % 1e9 + number * 1e9)
  head = "POST " .. wrk.path .. " HTTP/1.1\r\nHost: " .. wrk.host .. ":" .. wrk.port .. "\r\nContent-Type: text/plain;charset=UTF-8\r\n"
    .. "Origin: https://shop.example\r\nReferer: https://shop.example/\r\n"
    .. "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\nContent-Length: "
end

-- Each connection asks for its next request here. An empty one sends nothing: after the end, the answers under way still come in.
function request()
  local time = now()
  ends = ends or time + seconds
  if time > ends then
    finished = finished + 1
    return ""
  end
  local of, how = visit(time), state()
  local body = '{"id":"' .. uuid7(time) .. '","site":"' .. site .. '","survey":"effort-and-intention","surveyVersion":1,"visit":"' .. of.id
    .. '","page":"' .. page() .. '","revision":1,"state":"' .. how .. '","answers":[' .. answers(how, of)
    .. '],"language":"' .. language() .. '","device":"' .. device() .. '","context":{"referrer":' .. referrer() .. ',"pagesInVisit":' .. of.pages
    .. ',"secondsInVisit":' .. floor(time - of.began) .. '},"answeredAt":"' .. timestamp(time) .. '"}'
  return head .. #body .. "\r\n\r\n" .. body
end

function done(summary, latency)
  local errors, all = summary.errors, 0
  for _, thread in ipairs(threads) do all = all + thread:get("finished") end
  local thousandths = {}
  for i = 1, 1000 do thousandths[i] = format("%.3f", latency:percentile(i / 10) / 1000) end
  io.stderr:write(format('{"Responses":%d,"Refused":%d,"Broken":%d,"Finished":%d,"Thousandths":[%s]}',
    summary.requests, errors.status, errors.connect + errors.read + errors.write + errors.timeout, all, table.concat(thousandths, ",")))
end
