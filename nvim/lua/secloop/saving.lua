--- Fixes a file when it is saved, if `vim.g.secloop.fix_on_save` says so.

local M = {}

local TIMEOUT = 10000 -- milliseconds: the proofs of all fixes may take a while

--- Apply every proved fix of a buffer, and return when that is done.
---@return boolean whether something was fixed
function M.fix(client, bufnr)
  local last = vim.api.nvim_buf_line_count(bufnr)
  local asked = client:request_sync('textDocument/codeAction', {
    textDocument = vim.lsp.util.make_text_document_params(bufnr),
    range = { start = { line = 0, character = 0 }, ['end'] = { line = last, character = 0 } },
    context = { only = { 'source.fixAll.secloop' }, diagnostics = {} },
  }, TIMEOUT, bufnr)
  local action = asked and asked.result and asked.result[1]
  local resolved = action and client:request_sync('codeAction/resolve', action, TIMEOUT, bufnr)
  local edit = resolved and resolved.result and resolved.result.edit
  if edit then
    vim.lsp.util.apply_workspace_edit(edit, client.offset_encoding)
  end
  return edit ~= nil
end

--- Fix a buffer's file whenever it is written.
function M.attach(client, bufnr)
  vim.api.nvim_create_autocmd('BufWritePre', {
    group = vim.api.nvim_create_augroup('secloop.saving.' .. bufnr, { clear = true }),
    buffer = bufnr,
    desc = 'secloop: fix on save',
    callback = function()
      if require('secloop.options').get().fix_on_save and not client:is_stopped() then
        M.fix(client, bufnr)
      end
    end,
  })
end

return M
