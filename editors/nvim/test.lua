-- The plugin and the real server, in an editor without a screen; nothing is saved.
-- It prints what it saw.
local buffer, client -- of the Go file, of the server

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

-- choose has whoever asks given the last of what there is, and prints all of it.
local function choose()
  vim.ui.select = function(items, options, chosen)
    for _, item in ipairs(items) do say("%s %s", options.prompt, options.format_item(item)) end
    chosen(items[#items], #items)
  end
end

local function start()
  vim.cmd("filetype on")
  require("reactor-gen").setup({ flags = { debounce_text_changes = 0 } }) -- a test types faster than people
  vim.o.hidden, vim.o.virtualedit = true, "onemore"
  vim.cmd("edit plasma.go")
  buffer = vim.api.nvim_get_current_buf()
  wait("attached", function() return vim.lsp.buf_get_clients(buffer)[1] ~= nil end)
  client = vim.lsp.buf_get_clients(buffer)[1]
  wait("initialized", function() return client.initialized end)
end

-- A mistake, and what cures it.
local function fix()
  type(buffer, "name=plasma", '"author=é😀" name=Plasma')
  local d = diagnostics(buffer, 1)[1]
  local number, text = line(buffer, "//reactor:model")
  say("%s at %q: %s", d.code or d.user_data.lsp.code, text:sub(d.col + 1, d.end_col), d.message:match("^[^\n]*"))
  vim.api.nvim_win_set_cursor(0, { number + 1, d.col })
  vim.lsp.buf.code_action()
  diagnostics(buffer, 0)
  say("%s", select(2, line(buffer, "//reactor:model")))
end

-- Completion, asked for as omnifunc does it. What is chosen replaces what is typed.
local function complete(old, typed, label)
  type(buffer, old, typed)
  local place = vim.lsp.util.make_position_params(0, client.offset_encoding)
  local answer = vim.lsp.buf_request_sync(buffer, "textDocument/completion", place, 60000)[client.id]
  for _, item in ipairs(vim.lsp.util.extract_completion_items(answer.result)) do
    if item.label == label then
      vim.lsp.util.apply_text_edits({ item.textEdit }, buffer, client.offset_encoding)
      say("%s", select(2, line(buffer, "//reactor:model")))
      return
    end
  end
  fail(label)
end

-- A key is renamed in Go, and in YAML with it; then back, from YAML.
local function rename()
  type(buffer, '"é😀" yaml:"strength', '"é😀" yaml:"strength')
  vim.lsp.buf.rename("glow")
  wait("renamed", function() return vim.fn.bufnr("configs/default.yaml") > 0 end)
  local yaml = vim.fn.bufnr("configs/default.yaml")
  local function show()
    say("%s", select(2, line(buffer, 'é😀" yaml')))
    say("%s", table.concat(vim.api.nvim_buf_get_lines(yaml, 0, -1, false), "; "))
  end
  show()
  vim.cmd("buffer " .. yaml)
  type(yaml, "é😀 at ${glow", "é😀 at ${glow")
  wait("attached to YAML", function() return vim.lsp.buf_get_clients(yaml)[client.id] ~= nil end)
  vim.lsp.buf.rename("strength")
  wait("renamed back", function() return vim.api.nvim_buf_get_lines(yaml, 0, 1, false)[1] == "strength: 0.5" end)
  show()
  diagnostics(buffer, 0)
  diagnostics(yaml, 0)
end

-- The lenses above the model; the last has the places of the commands.
local function lenses()
  vim.cmd("buffer " .. buffer)
  vim.lsp.codelens.refresh()
  wait("lenses", function() return #vim.lsp.codelens.get(buffer) > 0 end)
  vim.api.nvim_win_set_cursor(0, { line(buffer, "//reactor:model") + 1, 0 })
  vim.lsp.codelens.run()
  for _, one in ipairs(vim.fn.getqflist()) do say("%s", one.text) end
end

local function stop()
  client.stop()
  wait("stopped", function() return client.is_stopped() end)
end

-- What is saved, by :make.
local function saved()
  vim.cmd("bufdo bwipeout! | cd " .. vim.env.BROKEN .. " | compiler reactor-gen | silent make!")
  for _, one in ipairs(vim.fn.getqflist()) do
    say("%s:%d:%d: %s %d: %s", vim.fn.bufname(one.bufnr), one.lnum, one.col, one.type, one.nr, one.text)
  end
end

local ok, why = xpcall(function()
  choose()
  start()
  fix()
  complete("config=configs/default.yaml", "con", "config")
  complete("config=", "config=", "configs/default.yaml")
  rename()
  lenses()
  stop()
  saved()
end, debug.traceback)
if not ok then fail(why) end
vim.cmd("qall!")
