// The extension: it starts the language server, and has commands for what reactor-gen
// does besides.
const vscode = require('vscode')
const { LanguageClient, RevealOutputChannelOn } = require('vscode-languageclient/node')
const { commands } = require('./commands')
const program = require('./program')

// reactor is what runs: the program, the folders of modules that it is for, the client
// of the language server, and the log.
const reactor = { command: '', modules: [], start, stop }

async function activate(context) {
  reactor.log = vscode.window.createOutputChannel('reactor-gen', { log: true })
  context.subscriptions.push(reactor.log)
  for (const [name, run] of Object.entries(commands(reactor))) {
    context.subscriptions.push(vscode.commands.registerCommand(name, run))
  }
  context.subscriptions.push(
    vscode.workspace.registerTextDocumentContentProvider('reactor-gen', { provideTextDocumentContent: manual }),
    vscode.workspace.onDidChangeConfiguration(async change => {
      if (change.affectsConfiguration('reactor-gen.path')) await commands(reactor)['reactor-gen.restart']()
    })
  )
  const goMods = vscode.workspace.createFileSystemWatcher('**/go.mod')
  context.subscriptions.push(goMods, goMods.onDidCreate(look), goMods.onDidChange(look), goMods.onDidDelete(look))
  await start()
}

// look finds the modules again, and starts what does not run: for want of one, or as
// it could not be started.
async function look() {
  if (!reactor.client) return await start()
  reactor.modules = await modules()
}

async function modules() {
  const goMods = await vscode.workspace.findFiles('**/go.mod', '**/node_modules/**')
  return await program.ofReactor(goMods.map(uri => uri.fsPath))
}

// start starts the server, once at a time.
let starting
function start() {
  starting ??= findAndStart().finally(() => (starting = undefined))
  return starting
}

// findAndStart looks for the program and starts the server. Where nothing has to do
// with reactor, it is no news that there is no program.
async function findAndStart() {
  reactor.modules = await modules()
  try {
    reactor.command = await program.find(vscode.workspace.getConfiguration('reactor-gen').get('path'), reactor.modules)
  } catch (err) {
    reactor.log.warn(err.message)
    if (reactor.modules.length > 0) vscode.window.showErrorMessage(err.message)
    return
  }
  reactor.log.info(`${reactor.command} lsp`)
  reactor.client = newClient(reactor.command)
  await reactor.client.start().catch(() => (reactor.client = undefined)) // it tells by itself
}

function newClient(command) {
  const languages = ['go', 'yaml', 'go.mod']
  return new LanguageClient('reactor-gen', 'reactor-gen', { command, args: ['lsp'] }, {
    documentSelector: languages.map(language => ({ scheme: 'file', language })),
    initializationOptions: { runCommand: true, locationsCommand: true, besideGopls: hasGopls() },
    outputChannel: reactor.log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
  })
}

// hasGopls tells whether gopls tells of the compiler's errors, so that we need not.
function hasGopls() {
  const go = vscode.extensions.getExtension('golang.go')
  return go !== undefined && vscode.workspace.getConfiguration('go').get('useLanguageServer') !== false
}

async function stop() {
  await starting
  const client = reactor.client
  reactor.client = undefined
  if (client?.needsStop()) await client.stop()
}

// manual is the text of a code: reactor-gen:RG111.
async function manual(uri) {
  return await program.output(reactor.command, ['explain', uri.path])
}

module.exports = { activate, deactivate: stop }
