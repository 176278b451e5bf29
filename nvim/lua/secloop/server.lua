--- Starts the server, and ends in one clear message where it is missing, too old, silent or keeps dying.

local options = require('secloop.options')

local M = {}

--- The oldest server that this plugin can talk to.
M.OLDEST = '0.1.0'

--- The server may end this often within so many milliseconds before it is left alone.
local MOST_ENDS, WITHIN = 4, 3 * 60 * 1000

local AGAIN = '`:Secloop restart` tries again.'

local state = {
  probe = nil, ---@type nil|'running'|'ok'|'failed'
  failure = nil, ---@type string?
  waiting = {}, ---@type fun()[]
  ends = {}, ---@type integer[]
  timers = {}, ---@type table<table, uv.uv_timer_t>
}

--- Say once what is wrong, and start no server until the user asks for it.
local function fail(words)
  if state.probe == 'failed' then
    return
  end
  state.probe, state.failure, state.waiting = 'failed', words, {}
  vim.notify('secloop: ' .. words .. ' ' .. AGAIN, vim.log.levels.ERROR)
end

--- Why no server runs, if something is wrong.
function M.failure()
  return state.failure
end

--- The command that prints the version of the server that a command starts, if there is one.
---@return string[]?
function M.version_command()
  local cmd = options.get().cmd
  for index, word in ipairs(cmd) do
    if word == 'server' and index > 1 then
      return vim.list_extend(vim.list_slice(cmd, 1, index - 1), { '--version' })
    end
  end
end

--- What is wrong with the answer to that command, in words.
---@param out vim.SystemCompleted
---@return string?
function M.judge_version(out)
  local cmd = options.get().cmd[1]
  if out.code == 124 then
    return ('`%s` does not answer.'):format(cmd)
  end
  local version = (out.stdout or ''):match('^secloop, version (%S+)')
  if out.code ~= 0 or not version then
    return ('`%s` is not secloop: it does not tell its version.'):format(cmd)
  end
  if vim.version.lt(version, M.OLDEST) then
    local words = '`%s` is version %s, and this plugin needs %s: upgrade it with `pipx upgrade secloop`.'
    return words:format(cmd, version, M.OLDEST)
  end
end

--- Look at the program once, before anything is started with it.
local function probe()
  local cmd = options.get().cmd[1]
  if vim.fn.executable(cmd) == 0 then
    fail(('there is no program `%s`: install it with `pipx install secloop`, or name it in `vim.g.secloop`.'):format(cmd))
    return
  end
  local version_command = M.version_command()
  state.probe = version_command and 'running' or 'ok'
  if not version_command then
    return
  end
  vim.system(version_command, { text = true, timeout = options.get().timeout }, vim.schedule_wrap(function(out)
    local wrong = M.judge_version(out)
    if wrong then
      fail(wrong)
      return
    end
    state.probe = 'ok'
    local waiting = state.waiting
    state.waiting = {}
    for _, go in ipairs(waiting) do
      go()
    end
  end))
end

--- For `vim.lsp.config`: tell the root of a buffer once the server may be started.
function M.root_dir(bufnr, on_dir)
  local function go()
    if vim.api.nvim_buf_is_valid(bufnr) then
      local root = vim.fs.root(bufnr, { 'secloop.toml', '.secloop', '.git' })
      on_dir(root or vim.fs.dirname(vim.api.nvim_buf_get_name(bufnr)))
    end
  end
  if state.probe == nil then
    probe()
  end
  if state.probe == 'ok' then
    go()
  elseif state.probe == 'running' then
    table.insert(state.waiting, go)
  end
end

--- Whether the user enabled it; Neovim 0.11 cannot tell.
function M.is_enabled()
  return vim.lsp.is_enabled == nil or vim.lsp.is_enabled('secloop')
end

--- Start it again where it was, unless it keeps ending.
local function ended()
  local now = vim.uv.now()
  table.insert(state.ends, now)
  state.ends = vim.tbl_filter(function(at)
    return now - at < WITHIN
  end, state.ends)
  if #state.ends > MOST_ENDS then
    fail(('the server ended %d times within 3 minutes; `:Secloop log` may say why.'):format(#state.ends))
    return
  end
  vim.schedule(function()
    if state.probe == 'ok' and M.is_enabled() then
      vim.lsp.enable('secloop') -- attaches it to the buffers that are open
    end
  end)
end

local function stop_timer(rpc)
  local timer = state.timers[rpc]
  state.timers[rpc] = nil
  if timer then
    timer:stop()
    timer:close()
  end
end

--- Start a process whose first piece of nonsense is an error for `on_error`. Neovim's reader throws at each, and so
--- would show one error after the other.
local function start_process(cmd, dispatchers)
  local create = vim.lsp.rpc.create_read_loop
  vim.lsp.rpc.create_read_loop = function(handle, on_exit, on_error)
    local read, broken = create(handle, on_exit, on_error), false
    return function(...)
      local fine, why = broken or pcall(read, ...)
      if not fine then
        broken = true
        on_error(why)
      end
    end
  end
  local started, process = pcall(vim.lsp.rpc.start, cmd, dispatchers)
  vim.lsp.rpc.create_read_loop = create
  return assert(started and process, process)
end

--- For `vim.lsp.config`: start the server's process.
function M.start(dispatchers, _)
  local cmd, timeout = options.get().cmd, options.get().timeout
  local wanted, rpc = false, nil -- `wanted`: whether its end is

  local function give_up(words)
    wanted = true
    rpc.terminate()
    fail(words)
  end

  local process = start_process(cmd, vim.tbl_extend('force', dispatchers, {
    on_error = function()
      if not wanted then
        give_up(('what `%s` says is not the Language Server Protocol; `:Secloop log` has it.'):format(cmd[1]))
      end
    end,
    on_exit = function(code, signal)
      stop_timer(rpc)
      -- Neovim's own message would come each time; ours comes once.
      dispatchers.on_exit(0, 0)
      if not wanted and vim.v.exiting == vim.NIL then
        vim.lsp.log.warn('secloop', 'the server ended', { code = code, signal = signal })
        ended()
      end
    end,
  }))
  rpc = setmetatable({
    request = function(method, ...)
      wanted = wanted or method == 'shutdown'
      return process.request(method, ...)
    end,
    terminate = function()
      wanted = true
      process.terminate()
    end,
  }, { __index = process })

  local timer = assert(vim.uv.new_timer())
  state.timers[rpc] = timer
  timer:start(timeout, 0, vim.schedule_wrap(function()
    if state.timers[rpc] then
      stop_timer(rpc)
      give_up(('`%s` was started, but did not answer within %d seconds.'):format(cmd[1], timeout / 1000))
    end
  end))
  return rpc
end

--- The server answered its first request.
function M.answered(client)
  stop_timer(client.rpc)
end

--- Forget what went wrong, and start the server anew.
function M.restart()
  state.probe, state.failure, state.waiting, state.ends = nil, nil, {}, {}
  local clients = vim.lsp.get_clients({ name = 'secloop' })
  for _, client in ipairs(clients) do
    client:stop(true)
  end
  local function gone()
    return #vim.lsp.get_clients({ name = 'secloop' }) == 0
  end
  vim.wait(2000, gone, 10)
  vim.lsp.enable('secloop')
end

return M
