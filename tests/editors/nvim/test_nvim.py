"""What a developer does in Neovim, with the real editor and the real server."""

from __future__ import annotations

from pathlib import Path

from nvim_editor import Start


def test_what_is_typed_is_checked_without_saving(start: Start, repo: Path) -> None:
    nvim = start()
    nvim.typed("eval(x)<CR>exec(y)")
    nvim.codes("no-eval", "no-exec")
    (first, _) = nvim.lua("return vim.diagnostic.get(0)")
    assert (first["source"], first["lnum"], first["col"], first["end_col"]) == ("secloop", 0, 0, 7)
    assert first["severity"] == 1
    assert not (repo / "a.py").exists()
    nvim.type("ggdd")
    nvim.codes("no-exec")


def test_a_hover_explains(start: Start) -> None:
    nvim = start()
    nvim.typed("eval(x)")
    nvim.codes("no-eval")
    nvim.lua("vim.lsp.buf.hover()")
    shown = "function() for _, win in ipairs(vim.api.nvim_list_wins()) do if vim.api.nvim_win_get_config(win).relative ~= '' then return table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(win), 0, -1, false), '\\n') end end end"
    text = nvim.wait(f"({shown})()")
    assert "no-eval" in text
    assert "runs whatever the text says" in text


def test_a_code_action_fixes(start: Start) -> None:
    nvim = start()
    nvim.typed("import ast<CR>eval(x)")
    nvim.codes("no-eval")
    nvim.lua(
        """
        function fix(action) return action.title:find('no-eval', 1, true) and action.isPreferred end
        local params = vim.lsp.util.make_range_params(0, 'utf-16')
        params.context = { diagnostics = {} }
        local function ask() -- until the fix is proved; the server waits a while for that before it answers
          vim.lsp.buf_request_all(0, 'textDocument/codeAction', params, function(answers)
            for _, answer in pairs(answers) do
              offered = offered or vim.iter(answer.result or {}):any(fix)
            end
            if not offered then ask() end
          end)
        end
        ask()
        """
    )
    nvim.wait("offered")
    nvim.lua("vim.lsp.buf.code_action({ filter = fix, apply = true })")
    nvim.becomes("import ast", "ast.literal_eval(x)")
    nvim.codes()


def test_everything_is_fixed_on_save_if_so_wished(start: Start, repo: Path) -> None:
    nvim = start(options="{ fix_on_save = true }")
    nvim.typed("import ast<CR>eval(x)<CR>eval(y)")
    nvim.codes("no-eval", "no-eval")
    nvim.vim.command("write")
    assert (repo / "a.py").read_text() == "import ast\nast.literal_eval(x)\nast.literal_eval(y)\n"


def test_the_fix_command_fixes_and_says_when_there_is_nothing(start: Start) -> None:
    nvim = start()
    nvim.typed("import ast<CR>eval(x)")
    nvim.codes("no-eval")
    nvim.vim.command("Secloop fix")
    assert nvim.text == ["import ast", "ast.literal_eval(x)"]
    nvim.codes()
    nvim.vim.command("Secloop fix")
    nvim.noted("nothing here has a fix")


def test_a_finding_is_suppressed_with_a_reason(start: Start) -> None:
    nvim = start()
    nvim.typed("exec(y)")
    nvim.codes("no-exec")
    nvim.vim.command("Secloop suppress reviewed by Ada")
    nvim.becomes("exec(y)  # secloop: ignore[no-exec] reviewed by Ada")
    nvim.codes()
    nvim.vim.command("Secloop suppress")
    nvim.noted("no finding in this line")


def test_without_a_reason_it_is_asked_for(start: Start) -> None:
    nvim = start()
    nvim.typed("exec(y)")
    nvim.codes("no-exec")
    nvim.lua("vim.ui.input = function(asked, go) prompt = asked.prompt go('known') end")
    nvim.vim.command("Secloop suppress")
    nvim.becomes("exec(y)  # secloop: ignore[no-exec] known")
    assert nvim.lua("return prompt") == "Why is no-exec accepted here? "


def test_the_status_line_counts(start: Start) -> None:
    nvim = start()
    nvim.vim.options["statusline"] = "%{v:lua.require'secloop'.status()}"
    nvim.typed("eval(x)<CR>exec(y)")
    line = "vim.api.nvim_eval_statusline(vim.o.statusline, {}).str"
    nvim.wait(f"{line} == 'secloop: 1 high, 1 medium'")
    nvim.type("ggdGipass<Esc>")
    nvim.wait(f"{line} == 'secloop: pass'")


def test_the_findings_of_the_workspace_fill_the_quickfix_list(start: Start, repo: Path) -> None:
    (repo / "closed.py").write_text("\nexec(x)\n")
    nvim = start()
    nvim.typed("eval(x)")
    nvim.codes("no-eval")
    nvim.vim.command("Secloop check")
    nvim.noted("fail, 2 open findings")
    items = nvim.lua("return vim.fn.getqflist()")
    assert [(item["lnum"], item["type"]) for item in items] == [(1, "E"), (2, "W")]
    assert items[1]["text"] == "no-exec: exec runs code."
    assert nvim.lua("return vim.fn.bufname(...)", items[1]["bufnr"]).endswith("closed.py")
    assert nvim.lua("return vim.fn.getqflist({ winid = 0 }).winid") != 0


def test_the_verdict_is_shown(start: Start, repo: Path) -> None:
    nvim = start()
    nvim.typed("exec(y)")
    nvim.codes("no-exec")
    nvim.vim.command("Secloop verdict")
    nvim.wait("vim.bo.filetype == 'secloop-verdict'")
    assert nvim.text[0] == "verdict  fail"
    assert nvim.text[1].startswith("digest   ")
    assert nvim.text[-1] == "medium   a.py:1:1: no-exec (open)"


def test_an_edited_rule_colours_an_open_file_anew(start: Start) -> None:
    nvim = start()
    nvim.typed("compile(x)")
    nvim.vim.command("split .secloop/rules/rules.yaml")
    nvim.wait("#vim.lsp.get_clients({ bufnr = 0 }) > 0")
    nvim.vim.command("%s/exec(...)/compile(...)/")
    nvim.vim.command("wincmd p")
    nvim.codes("no-exec")


def test_a_broken_rule_has_a_diagnostic(start: Start) -> None:
    nvim = start()
    nvim.edit(".secloop/rules/rules.yaml")
    nvim.wait("#vim.lsp.get_clients({ bufnr = 0 }) > 0")
    nvim.vim.command("%s/eval(.X)$/eval((/")
    nvim.codes("rule")
    nvim.vim.command("silent undo")
    nvim.codes()


def test_a_failing_annotation_has_a_diagnostic(start: Start) -> None:
    nvim = start()
    nvim.edit(".secloop/rules/rules.py")
    nvim.type("i# ruleid: no-eval<CR><C-u>print(x)<Esc>")
    nvim.codes("rule-test")


def test_a_lens_over_a_rule_leads_to_its_matches(start: Start, repo: Path) -> None:
    (repo / "b.py").write_text("eval(x)\neval(y)\n")
    nvim = start()
    nvim.edit(".secloop/rules/rules.yaml")
    nvim.wait("#vim.lsp.get_clients({ bufnr = 0 }) > 0")
    nvim.lua("vim.lsp.codelens.refresh({ bufnr = 0 })")
    title = "function(lens) return lens.command and lens.command.title == '2 matches in this workspace' end"
    nvim.wait(f"vim.iter(vim.lsp.codelens.get(0)):find({title}) ~= nil")
    nvim.lua(
        f"""
        local lens = vim.iter(vim.lsp.codelens.get(0)):find({title})
        vim.lsp.commands[lens.command.command](lens.command, {{}})
        """
    )
    assert [item["lnum"] for item in nvim.lua("return vim.fn.getqflist()")] == [1, 2]


def test_commands_are_completed(start: Start) -> None:
    nvim = start()
    names = ["check", "fix", "log", "restart", "suppress", "verdict"]
    assert nvim.vim.funcs.getcompletion("Secloop ", "cmdline") == names
    assert nvim.vim.funcs.getcompletion("Secloop re", "cmdline") == ["restart"]
    assert nvim.vim.funcs.getcompletion("Secloop restart ", "cmdline") == []
    nvim.vim.command("Secloop nothing")
    nvim.noted("there is no command `nothing`")


def test_its_health_is_told(start: Start) -> None:
    nvim = start()
    nvim.typed("exec(y)")
    nvim.codes("no-exec")
    nvim.vim.command("checkhealth secloop")
    text = "\n".join(nvim.text)
    assert "secloop, version" in text
    assert f"It runs for {nvim.root}" in text
    assert "ERROR" not in text


def test_its_help_is_there(start: Start) -> None:
    nvim = start()
    nvim.vim.command("help secloop-commands")
    assert any(":Secloop check" in line for line in nvim.text)
