--- Puts findings into the quickfix list.

local M = {}

local TYPES = { critical = 'E', high = 'E', medium = 'W', low = 'I', info = 'N' }

local function show(title, items)
  vim.fn.setqflist({}, ' ', { title = title, items = items })
  if #items > 0 then
    vim.cmd('botright copen')
  else
    vim.cmd.cclose()
  end
end

--- Show the open ones of the server's findings (`secloop/findings`).
---@return integer how many there are
function M.show_findings(findings, encoding)
  local items = {}
  for _, finding in ipairs(findings) do
    if finding.status == 'open' then
      local item = vim.lsp.util.locations_to_items({ finding }, encoding)[1]
      item.text = ('%s: %s'):format(finding.rule_id, vim.trim(finding.message):gsub('%s+', ' '))
      item.type = TYPES[finding.severity]
      table.insert(items, item)
    end
  end
  show('secloop: findings', items)
  return #items
end

--- Show what a rule finds; for the code lens over it.
function M.show_matches(argument)
  local client = vim.lsp.get_clients({ name = 'secloop' })[1]
  local encoding = client and client.offset_encoding or 'utf-16'
  show('secloop: matches of ' .. argument.rule_id, vim.lsp.util.locations_to_items(argument.locations, encoding))
end

return M
