--- The commands of `:Secloop`.

local M = {}

local function tell(words, level)
  vim.notify('secloop: ' .. words, level or vim.log.levels.INFO)
end

--- The server of the current buffer, or any; without one, say so.
local function client()
  local clients = vim.lsp.get_clients({ name = 'secloop', bufnr = 0 })
  local found = clients[1] or vim.lsp.get_clients({ name = 'secloop' })[1]
  if not found then
    tell(require('secloop.server').failure() or 'no server runs here; `:checkhealth secloop`', vim.log.levels.WARN)
  end
  return found
end

--- Ask the server, and go on with its answer; an error is told.
local function ask(method, params, go)
  local server = client()
  if server then
    server:request(method, params, function(err, answer)
      if err then
        tell(err.message, vim.log.levels.ERROR)
      else
        go(answer, server)
      end
    end, 0)
  end
end

local commands = {}

--- Check all files, and put what is found into the quickfix list.
function commands.check()
  ask('secloop/checkWorkspace', vim.empty_dict(), function(checks)
    ask('secloop/findings', vim.empty_dict(), function(answer, server)
      local count = require('secloop.quickfix').show_findings(answer.findings, server.offset_encoding)
      local verdicts = vim.tbl_map(function(check)
        return check.verdict
      end, checks)
      tell(('%s, %d open findings'):format(table.concat(verdicts, ', '), count))
    end)
  end)
end

--- Apply every proved fix of the buffer.
function commands.fix()
  local server = client()
  if server and not require('secloop.saving').fix(server, vim.api.nvim_get_current_buf()) then
    tell('nothing here has a fix that is proved to work')
  end
end

--- The finding under the cursor, or else the first of its line.
local function finding_here()
  local line, column = vim.fn.line('.') - 1, vim.fn.col('.') - 1
  local found
  for _, diagnostic in ipairs(vim.diagnostic.get(0, { lnum = line })) do
    local data = vim.tbl_get(diagnostic, 'user_data', 'lsp', 'data')
    if diagnostic.source == 'secloop' and type(data) == 'table' and data.fingerprint then
      local under = diagnostic.col <= column and column <= diagnostic.end_col
      found = (under or not found) and { rule_id = diagnostic.code, fingerprint = data.fingerprint } or found
    end
  end
  return found
end

--- Accept the finding under the cursor by a comment; the words behind the command are the reason.
function commands.suppress(words)
  local finding = finding_here()
  if not finding then
    tell('there is no finding in this line', vim.log.levels.WARN)
    return
  end
  local argument = { uri = vim.uri_from_bufnr(0), fingerprint = finding.fingerprint }
  local function go(reason)
    if reason then
      argument.reason = reason
      ask('workspace/executeCommand', { command = 'secloop.suppress', arguments = { argument } }, function() end)
    end
  end
  if #words > 0 then
    go(table.concat(words, ' '))
  else
    vim.ui.input({ prompt = ('Why is %s accepted here? '):format(finding.rule_id) }, go)
  end
end

--- Show the verdict over all files, open buffers counted in.
function commands.verdict()
  ask('secloop/verdict', vim.empty_dict(), function(answer)
    require('secloop.verdict').show(vim.islist(answer) and answer or { answer })
  end)
end

function commands.restart()
  require('secloop.server').restart()
end

--- Show Neovim's log of language servers, at its end.
function commands.log()
  vim.cmd.tabedit(vim.fn.fnameescape(vim.lsp.log.get_filename()))
  vim.cmd.normal({ 'G', bang = true })
end

---@param words string[]
function M.command(words)
  local run = commands[words[1]]
  if run then
    run(vim.list_slice(words, 2))
  else
    tell(('there is no command `%s`; there are %s'):format(words[1], table.concat(M.names(), ', ')), vim.log.levels.ERROR)
  end
end

function M.names()
  local names = vim.tbl_keys(commands)
  table.sort(names)
  return names
end

--- Completion of `:Secloop`: the first word only.
function M.complete(lead, line)
  if line:match('^%s*%S+%s+%S+%s') then
    return {}
  end
  return vim.tbl_filter(function(name)
    return vim.startswith(name, lead)
  end, M.names())
end

--- For the status line, as in `%{v:lua.require'secloop'.status()}`.
---@param bufnr? integer
function M.status(bufnr)
  return require('secloop.status').text(bufnr)
end

return M
