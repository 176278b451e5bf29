--- What the user set in `vim.g.secloop`.

local M = {}

--- The options, with defaults for what is not set.
---@return { cmd: string[], settings: table, fix_on_save: boolean, timeout: integer }
function M.get()
  local options = vim.tbl_extend('force', {
    cmd = { 'secloop', 'server' },
    settings = vim.empty_dict(),
    fix_on_save = false,
    timeout = 30000, -- milliseconds
  }, vim.g.secloop or {})
  return options
end

return M
