--- What the server last said of each root, for the status line.

local M = {}

local SEVERITIES = { 'critical', 'high', 'medium', 'low', 'info' }

local by_root = {} ---@type table<string, table>
local client_of = {} ---@type table<string, integer>

--- Take on what the server says (`secloop/status`).
function M.receive(status, client_id)
  by_root[status.root], client_of[status.root] = status, client_id
  vim.api.nvim_exec_autocmds('User', { pattern = 'SecloopStatus', modeline = false, data = status })
  vim.cmd.redrawstatus({ bang = true })
end

--- The status of the root that a buffer belongs to, while the server runs.
---@param bufnr? integer
---@return table?
function M.of(bufnr)
  local name = vim.api.nvim_buf_get_name(bufnr or 0)
  local found
  for root, status in pairs(by_root) do
    local inside = vim.startswith(name, root .. '/') or name == ''
    if inside and vim.lsp.get_client_by_id(client_of[root]) and (not found or #root > #found.root) then
      found = status
    end
  end
  return found
end

--- One short text, such as `secloop: 2 high, 1 medium`; empty where there is no server.
---@param bufnr? integer
---@return string
function M.text(bufnr)
  local status = M.of(bufnr)
  if not status then
    return require('secloop.server').failure() and 'secloop: no server' or ''
  end
  if status.outcome == 'error' then
    return ('secloop: error (%d)'):format(#status.errors)
  elseif status.outcome == 'checking' then
    return 'secloop: …'
  end
  local counts = {}
  for _, severity in ipairs(SEVERITIES) do
    local count = status.counts[severity] or 0
    if count > 0 then
      table.insert(counts, ('%d %s'):format(count, severity))
    end
  end
  return 'secloop: ' .. (#counts > 0 and table.concat(counts, ', ') or status.outcome)
end

return M
