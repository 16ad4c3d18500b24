-- Starts the language server of reactor-gen for the files of modules that need
-- github.com/reactorgen/reactor, beside gopls. For Neovim 0.7 and later.
local M = {}

local uv = vim.uv or vim.loop
local filetypes = { "go", "yaml", "gomod" }
local started = {} -- ids of clients by root; Neovim 0.7 does not look for one that runs

-- above is the innermost folder, from dir upwards, that has a file of a name.
local function above(dir, name)
  while not uv.fs_stat(dir .. "/" .. name) do
    local up = vim.fn.fnamemodify(dir, ":h")
    if up == dir then return nil end
    dir = up
  end
  return dir
end

local function needs_reactor(module)
  for _, line in ipairs(vim.fn.readfile(module .. "/go.mod")) do
    if line:find("github.com/reactorgen/reactor", 1, true) then return true end
  end
  return false
end

-- command is the program in PATH, else the tool of the module, with a verb.
local function command(verb)
  if vim.fn.executable("reactor-gen") == 1 then return { "reactor-gen", verb } end
  return { "go", "tool", "reactor-gen", verb }
end

local function on_attach(_, buffer)
  if vim.bo[buffer].omnifunc == "" then vim.bo[buffer].omnifunc = "v:lua.vim.lsp.omnifunc" end
end

-- capabilities are those of Neovim. That it has code lenses, it does not always say.
local function capabilities()
  local all = vim.lsp.protocol.make_client_capabilities()
  all.textDocument.codeLens = all.textDocument.codeLens or { dynamicRegistration = false }
  return all
end

-- attach has the server look at a buffer, where that is a file of such a module.
local function attach(buffer, config)
  local dir = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(buffer), ":p:h")
  local module = above(dir, "go.mod")
  if vim.bo[buffer].buftype ~= "" or not module or not needs_reactor(module) then return end
  local root = above(module, "go.work") or module
  local client = vim.tbl_deep_extend("force", {
    name = "reactor-gen", cmd = command("lsp"), cmd_cwd = module, root_dir = root, on_attach = on_attach,
    capabilities = capabilities(),
    init_options = { runCommand = true, locationsCommand = true },
    workspace_folders = { { uri = vim.uri_from_fname(root), name = root } },
  }, config)
  if vim.lsp.start then
    vim.lsp.start(client, { bufnr = buffer })
    return
  end
  if not (started[root] and vim.lsp.get_client_by_id(started[root])) then started[root] = vim.lsp.start_client(client) end
  vim.lsp.buf_attach_client(buffer, started[root])
end

-- run is what the lens "run" does: the model is served from a terminal.
local function run(lens)
  vim.cmd("botright new")
  vim.fn.termopen(command("run"), { cwd = lens.arguments[1] })
end

-- show_locations is what other lenses do: their places are the quickfix list.
local function show_locations(lens, context)
  local client = vim.lsp.get_client_by_id(context.client_id)
  local items = vim.lsp.util.locations_to_items(lens.arguments[3], client.offset_encoding)
  vim.fn.setqflist({}, " ", { title = lens.title, items = items })
  vim.cmd("botright copen")
end

-- setup starts the server in buffers of now and of later. A config is that of
-- vim.lsp.start_client: cmd, on_attach, capabilities and others.
function M.setup(config)
  config = config or {}
  vim.lsp.commands["reactor-gen.run"] = run
  vim.lsp.commands["reactor-gen.showLocations"] = show_locations
  vim.api.nvim_create_autocmd("FileType", {
    group = vim.api.nvim_create_augroup("reactor-gen", { clear = true }),
    pattern = filetypes,
    callback = function(event) attach(event.buf, config) end,
  })
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(buffer) and vim.tbl_contains(filetypes, vim.bo[buffer].filetype) then attach(buffer, config) end
  end
end

return M
