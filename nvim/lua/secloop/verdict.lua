--- Shows verdicts in a scratch buffer.

local M = {}

local function lines_of(verdict)
  local lines = {
    'verdict  ' .. verdict.verdict,
    'digest   ' .. (verdict.digest ~= vim.NIL and verdict.digest or 'none, since it is an error'),
  }
  local names = vim.tbl_keys(verdict.components)
  table.sort(names)
  for _, name in ipairs(names) do
    table.insert(lines, ('         %s %s'):format(name, verdict.components[name]))
  end
  for _, problem in ipairs(verdict.errors) do
    table.insert(lines, ('error    %s:%d: %s'):format(problem.path, problem.line, problem.message))
  end
  for _, one in ipairs(verdict.findings) do
    local place = ('%s:%d:%d'):format(one.path, one.start.line, one.start.column)
    table.insert(lines, ('%-8s %s: %s (%s)'):format(one.severity, place, one.rule_id, one.status))
  end
  return vim.tbl_map(function(line)
    return (line:gsub('%s*\n%s*', ' '))
  end, lines)
end

---@param verdicts table[] one for each root
function M.show(verdicts)
  local lines = {}
  for index, verdict in ipairs(verdicts) do
    vim.list_extend(lines, index > 1 and { '' } or {})
    vim.list_extend(lines, lines_of(verdict))
  end
  vim.cmd('botright new')
  local bufnr = vim.api.nvim_get_current_buf()
  vim.api.nvim_buf_set_lines(bufnr, 0, -1, false, lines)
  vim.bo[bufnr].buftype, vim.bo[bufnr].bufhidden, vim.bo[bufnr].modifiable = 'nofile', 'wipe', false
  vim.bo[bufnr].filetype = 'secloop-verdict'
end

return M
