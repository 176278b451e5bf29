--- `:checkhealth secloop`.

local M = {}

local function check_server()
  local options, server = require('secloop.options').get(), require('secloop.server')
  local cmd = options.cmd[1]
  if vim.fn.executable(cmd) == 0 then
    vim.health.error(('There is no program `%s`.'):format(cmd), { 'pipx install secloop', 'or set vim.g.secloop = { cmd = { … } }' })
    return
  end
  vim.health.ok(('The server is `%s`.'):format(vim.fn.exepath(cmd)))
  local version_command = server.version_command()
  if version_command then
    local out = vim.system(version_command, { text = true, timeout = options.timeout }):wait()
    local wrong = server.judge_version(out)
    if wrong then
      vim.health.error(wrong)
    else
      vim.health.ok(vim.trim(out.stdout))
    end
  end
end

function M.check()
  vim.health.start('secloop')
  if vim.fn.has('nvim-0.11') == 0 then
    vim.health.error('Neovim is older than 0.11.')
    return
  end
  check_server()
  if not require('secloop.server').is_enabled() then
    vim.health.warn('It is not enabled.', { "vim.lsp.enable('secloop')" })
  end
  local failure = require('secloop.server').failure()
  if failure then
    vim.health.error(failure, { ':Secloop restart' })
  end
  local clients = vim.lsp.get_clients({ name = 'secloop' })
  for _, client in ipairs(clients) do
    vim.health.ok(('It runs for %s.'):format(client.root_dir or 'single files'))
  end
  if #clients == 0 then
    vim.health.info('It does not run now.')
  end
end

return M
