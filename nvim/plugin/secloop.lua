--- `:Secloop`, and what the server's code lenses call.

if vim.g.loaded_secloop then
  return
end
vim.g.loaded_secloop = true

vim.api.nvim_create_user_command('Secloop', function(arguments)
  require('secloop').command(arguments.fargs)
end, {
  nargs = '+',
  desc = 'secloop: check, fix, suppress, verdict, restart, log',
  complete = function(lead, line)
    return require('secloop').complete(lead, line)
  end,
})

vim.lsp.commands['secloop.showMatches'] = function(command)
  require('secloop.quickfix').show_matches(command.arguments[1])
end
