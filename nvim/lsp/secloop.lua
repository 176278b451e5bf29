--- The configuration of the language server, for `vim.lsp.enable('secloop')`.

return {
  cmd = function(dispatchers, config)
    return require('secloop.server').start(dispatchers, config)
  end,
  filetypes = {
    'bash', 'c', 'cpp', 'cs', 'dockerfile', 'elixir', 'go', 'html', 'java', 'javascript', 'javascriptreact',
    'json', 'kotlin', 'lua', 'php', 'python', 'ruby', 'rust', 'scala', 'sh', 'swift', 'terraform', 'toml',
    'typescript', 'typescriptreact', 'yaml',
  },
  root_dir = function(bufnr, on_dir)
    require('secloop.server').root_dir(bufnr, on_dir)
  end,
  init_options = { secloop = { status = true } },
  before_init = function(_, config)
    config.settings = { secloop = require('secloop.options').get().settings }
  end,
  on_init = function(client)
    require('secloop.server').answered(client)
  end,
  on_attach = function(client, bufnr)
    require('secloop.saving').attach(client, bufnr)
  end,
  handlers = {
    ['secloop/status'] = function(_, status, context)
      require('secloop.status').receive(status, context.client_id)
    end,
  },
}
