-- Types a mistake into a buffer that is not saved, waits for its diagnostic, applies
-- the first code action, and waits for the diagnostic to go. It prints what it saw.
local buffer = vim.api.nvim_get_current_buf()
local function say(...) io.stdout:write(string.format(...) .. "\n") end
local function fail(what)
  say("never: %s", what)
  vim.cmd("cquit")
end
local function wait(what, so)
  if not vim.wait(60000, so, 5) then fail(what) end
end

local id = vim.lsp.start_client({ name = "reactor-gen", cmd = { "reactor-gen", "lsp" }, root_dir = vim.fn.getcwd() })
vim.lsp.buf_attach_client(buffer, id)
local client = vim.lsp.get_client_by_id(id)
wait("initialized", function() return client.initialized end)

local found
for number, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, false)) do
  if line:find("//reactor:model", 1, true) then found = number - 1 end
end
local line = '//reactor:model "author=é😀" name=Plasma'
vim.api.nvim_buf_set_lines(buffer, found, found + 1, false, { line })
wait("a diagnostic", function() return #vim.diagnostic.get(buffer) == 1 end)
local d = vim.diagnostic.get(buffer)[1]
local word = line:sub(d.col + 1, d.end_col)
say("%s at %q", d.code or d.user_data.lsp.code, word)

local at = { line = found, character = vim.str_utfindex and select(2, vim.str_utfindex(line, d.col)) or d.col }
local answers = vim.lsp.buf_request_sync(buffer, "textDocument/codeAction", {
  textDocument = vim.lsp.util.make_text_document_params(buffer),
  range = { start = at, ["end"] = at },
  context = { diagnostics = {} },
}, 60000)
local action = answers[id].result[1]
say("%s", action.title)
vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding)
wait("mended", function() return #vim.diagnostic.get(buffer) == 0 end)
say("%s", vim.api.nvim_buf_get_lines(buffer, found, found + 1, false)[1])
client.stop()
wait("stopped", function() return client.is_stopped() end)
vim.cmd("qall!")
