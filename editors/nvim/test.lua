-- The plugin and the real server, in an editor without a screen; nothing is saved.
-- It prints what it saw.
local function say(...) io.stdout:write(string.format(...) .. "\n") end
local function fail(what)
  say("never: %s", what)
  vim.cmd("cquit")
end
local function wait(what, so)
  if not vim.wait(60000, so, 5) then fail(what) end
end

-- line is the number, from 0, and the text of the first line with a text.
local function line(buffer, text)
  for number, one in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, false)) do
    if one:find(text, 1, true) then return number - 1, one end
  end
  fail(text)
end

-- type replaces a text by another, and leaves the cursor at its end.
local function type(buffer, old, new)
  local number, one = line(buffer, old)
  local from, to = one:find(old, 1, true)
  vim.api.nvim_buf_set_lines(buffer, number, number + 1, false, { one:sub(1, from - 1) .. new .. one:sub(to + 1) })
  vim.api.nvim_win_set_cursor(0, { number + 1, from - 1 + #new })
end

local function diagnostics(buffer, count)
  wait(count .. " diagnostics", function() return #vim.diagnostic.get(buffer) == count end)
  return vim.diagnostic.get(buffer)
end

vim.cmd("filetype on")
require("reactor-gen").setup()
vim.cmd("edit plasma.go")
local buffer = vim.api.nvim_get_current_buf()
wait("attached", function() return vim.lsp.buf_get_clients(buffer)[1] ~= nil end)
local client = vim.lsp.buf_get_clients(buffer)[1]
wait("initialized", function() return client.initialized end)

type(buffer, "name=plasma", '"author=é😀" name=Plasma')
local d = diagnostics(buffer, 1)[1]
local number, text = line(buffer, "//reactor:model")
say("%s at %q: %s", d.code or d.user_data.lsp.code, text:sub(d.col + 1, d.end_col), d.message:match("^[^\n]*"))

vim.ui.select = function(items, options, choose)
  say("%s %s", options.prompt, options.format_item and options.format_item(items[1]) or items[1].title)
  choose(items[1], 1)
end
vim.api.nvim_win_set_cursor(0, { number + 1, d.col })
vim.lsp.buf.code_action()
diagnostics(buffer, 0)
say("%s", select(2, line(buffer, "//reactor:model")))

client.stop()
wait("stopped", function() return client.is_stopped() end)

-- What is saved: the quickfix list.
vim.cmd("edit! | cd " .. vim.env.BROKEN .. " | compiler reactor-gen | silent make!")
for _, one in ipairs(vim.fn.getqflist()) do
  say("%s:%d:%d: %s %d: %s", vim.fn.bufname(one.bufnr), one.lnum, one.col, one.type, one.nr, one.text)
end
vim.cmd("qall!")
