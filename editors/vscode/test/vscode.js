// A stand-in for the module "vscode", which exists only inside VS Code: it has the
// documents of the fixture, keeps what is registered, and for all else has classes
// and events that do nothing. It shows that the extension starts; it is no editor.
const { readFileSync } = require('node:fs')
const Module = require('node:module')
const path = require('node:path')
const { fileURLToPath, pathToFileURL } = require('node:url')

const project = path.resolve(__dirname, '../../testdata/plasma')
const disposable = { dispose() {} }
const event = () => disposable

class Uri {
  constructor(href) {
    const { protocol, pathname } = new URL(href)
    Object.assign(this, { scheme: protocol.slice(0, -1), path: decodeURIComponent(pathname), href })
  }
  static file = file => new Uri(pathToFileURL(file).href)
  static parse = href => new Uri(href)
  static from = ({ scheme, path }) => new Uri(`${scheme}:${path}`)
  get fsPath() { return fileURLToPath(this.href) }
  toString() { return this.href }
}
class Position { constructor(line, character) { Object.assign(this, { line, character }) } }
class Range { constructor(a, b, c, d) { Object.assign(this, typeof a === 'number' ? { start: new Position(a, b), end: new Position(c, d) } : { start: a, end: b }) } }
class Location { constructor(uri, range) { Object.assign(this, { uri, range }) } }
class Diagnostic { constructor(range, message, severity) { Object.assign(this, { range, message, severity }) } }
class EventEmitter {
  listeners = []
  event = listener => (this.listeners.push(listener), disposable)
  fire = value => this.listeners.forEach(listener => listener(value))
  dispose() {}
}
class Disposable {
  static from = (...all) => new Disposable(() => all.forEach(one => one.dispose()))
  constructor(dispose) { this.dispose = dispose }
}
class CancellationTokenSource {
  token = { isCancellationRequested: false, onCancellationRequested: event }
  cancel() {}
  dispose() {}
}
class Anything { dispose() {} }

// withRest answers for what is not in an object: a class, or a function or event
// that does nothing.
const withRest = known => new Proxy(known, {
  get: (_, name) => (name in known || typeof name === 'symbol' || name === 'then' ? known[name] : /^[A-Z]/.test(name) ? (known[name] = withRest(class extends Anything {})) : event),
})

// stand makes the stand-in; what happens to it is in what it returns besides.
function stand({ path: setting = '', folder: root = project } = {}) {
  const seen = { commands: {}, executed: [], diagnostics: new EventEmitter(), errors: [], created: new EventEmitter(), goMods: [path.join(project, 'go.mod')], tasks: [], terminals: [], contents: {}, log: [] }
  const log = text => seen.log.push(text)
  const opened = new EventEmitter()
  const collection = { set: (uri, found) => seen.diagnostics.fire({ uri, found }), delete() {}, clear() {}, dispose() {}, has: () => false }
  const folder = { uri: Uri.file(root), name: path.basename(root), index: 0 }
  const vscode = withRest({
    Uri, Position, Range, Location, Diagnostic, EventEmitter, Disposable, CancellationTokenSource,
    version: '1.91.0',
    DiagnosticSeverity: { Error: 0, Warning: 1, Information: 2, Hint: 3 },
    Task: class { constructor(...all) { Object.assign(this, { all }) } },
    ProcessExecution: class { constructor(...all) { Object.assign(this, { all }) } },
    env: withRest({ language: 'en', appName: 'a stand-in' }),
    extensions: withRest({ all: [], getExtension: () => undefined }),
    commands: withRest({
      registerCommand: (name, run) => ((seen.commands[name] = run), disposable),
      executeCommand: async (...all) => void seen.executed.push(all),
    }),
    languages: withRest({ createDiagnosticCollection: () => collection, match: ([...filters], { languageId }) => Number(filters.flat().some(f => f.language === languageId)), getDiagnostics: () => [] }),
    tasks: withRest({ executeTask: async task => seen.tasks.push(task.all) }),
    window: withRest({
      createOutputChannel: name => withRest({ name, appendLine: log, append: log, info: log, warn: log, error: log, debug: log, trace: log }),
      createTerminal: options => (seen.terminals.push(options), { show() {} }),
      showErrorMessage: async text => void seen.errors.push(text),
      showInputBox: async () => 'RG111',
      showTextDocument: async () => {},
      activeTextEditor: undefined,
      visibleTextEditors: [],
      tabGroups: withRest({ all: [] }),
    }),
    workspace: withRest({
      workspaceFolders: [folder],
      getWorkspaceFolder: () => folder,
      textDocuments: [],
      notebookDocuments: [],
      onDidOpenTextDocument: opened.event,
      createFileSystemWatcher: pattern => withRest({ onDidCreate: pattern === '**/go.mod' ? seen.created.event : event }),
      findFiles: async () => seen.goMods.map(Uri.file),
      getConfiguration: () => ({ get: name => (name === 'path' ? setting : undefined), inspect: () => undefined }),
      registerTextDocumentContentProvider: (scheme, provider) => ((seen.contents[scheme] = provider), disposable),
      openTextDocument: async uri => uri,
    }),
  })
  // open opens a document with a text that nobody has saved.
  seen.open = (name, change) => {
    const uri = Uri.file(path.join(project, name))
    const text = change(readFileSync(uri.fsPath, 'utf8'))
    const document = { uri, fileName: uri.fsPath, languageId: 'go', version: 2, isClosed: false, isDirty: true, getText: () => text }
    vscode.workspace.textDocuments.push(document)
    opened.fire(document)
  }
  return { vscode, seen }
}

// load loads an extension with a stand-in for vscode.
function load(file, vscode) {
  const real = Module._load
  Module._load = (name, ...rest) => (name === 'vscode' ? vscode : real(name, ...rest))
  try {
    delete require.cache[require.resolve(file)]
    return require(file)
  } finally {
    Module._load = real
  }
}

module.exports = { load, project, stand }
