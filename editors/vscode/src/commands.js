// What the palette offers, and what the language server has the editor do.
const vscode = require('vscode')
const { moduleOf } = require('./program')

// commands are the functions of the commands in package.json, and of the one that
// only a code lens has, by name.
function commands(reactor) {
  return {
    'reactor-gen.check': () => each(reactor, dir => task(reactor, dir, ['check', '--workspace', '--color', 'never'])),
    'reactor-gen.generate': dir => here(reactor, dir, dir => task(reactor, dir, ['generate'])),
    'reactor-gen.run': dir => here(reactor, dir, dir => terminal(reactor, dir)),
    'reactor-gen.explain': code => explain(reactor, code),
    'reactor-gen.restart': async () => {
      await reactor.stop()
      await reactor.start()
    },
    'reactor-gen.showLocations': showLocations,
  }
}

// each does something in all folders of the workspace that have modules.
async function each(reactor, act) {
  if (!ready(reactor)) return
  for (const dir of new Set(reactor.modules.map(dir => folderOf(dir)?.uri.fsPath ?? dir))) await act(dir)
}

function folderOf(dir) {
  return vscode.workspace.getWorkspaceFolder(vscode.Uri.file(dir))
}

// here does something in a folder: the one that is told, else the module of the file
// in front, else the only one, else the one that is chosen.
async function here(reactor, told, act) {
  if (!ready(reactor)) return
  const file = vscode.window.activeTextEditor?.document.uri.fsPath
  const modules = reactor.modules
  const dir = (typeof told === 'string' && told) || (file && moduleOf(file, modules)) ||
    (modules.length === 1 ? modules[0] : await vscode.window.showQuickPick(modules, { title: 'The module of the model' }))
  if (dir) await act(dir)
}

function ready({ command, modules }) {
  if (command && modules.length > 0) return true
  vscode.window.showErrorMessage(command
    ? 'No go.mod in this workspace names github.com/reactorgen/reactor.'
    : 'reactor-gen was not found: the output "reactor-gen" tells where it was looked for.')
  return false
}

// task runs the program. Its findings become problems where it names files as the
// matcher takes them, which knows the workspace's folder and not where a task is run.
async function task({ command }, dir, args) {
  const folder = folderOf(dir)
  const run = new vscode.ProcessExecution(command, args, { cwd: dir })
  const matchers = folder?.uri.fsPath === dir ? ['$reactor-gen'] : []
  await vscode.tasks.executeTask(new vscode.Task({ type: 'process' }, folder ?? vscode.TaskScope.Workspace, args[0], 'reactor-gen', run, matchers))
}

function terminal({ command }, dir) {
  vscode.window.createTerminal({ name: 'reactor-gen run', cwd: dir, shellPath: command, shellArgs: ['run'] }).show()
}

// explain shows the manual of a code: the one that is told, else that of the finding
// at the cursor, else the one that is typed.
async function explain({ command }, told) {
  const code = told || await codeAtCursor() || await vscode.window.showInputBox({
    prompt: 'A code, such as RG111',
    validateInput: text => (/^RG\d+$/.test(text) ? undefined : 'RG and a number'),
  })
  if (!code || !command) return
  const document = await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme: 'reactor-gen', path: code }))
  await vscode.window.showTextDocument(document, { preview: true })
}

// showLocations shows places that the server names in the protocol's own form.
async function showLocations(uri, at, locations) {
  const position = ({ line, character }) => new vscode.Position(line, character)
  const places = locations.map(({ uri, range: { start, end } }) =>
    new vscode.Location(vscode.Uri.parse(uri), new vscode.Range(position(start), position(end))))
  await vscode.commands.executeCommand('editor.action.showReferences', vscode.Uri.parse(uri), position(at), places)
}

function codeAtCursor() {
  const editor = vscode.window.activeTextEditor
  if (!editor) return undefined
  const codes = vscode.languages.getDiagnostics(editor.document.uri)
    .filter(d => d.source === 'reactor-gen' && d.range.intersection(editor.selection))
    .map(d => String(d.code?.value ?? d.code))
  return codes.length < 2 ? codes[0] : vscode.window.showQuickPick(codes, { title: 'Explain' })
}

module.exports = { commands }
