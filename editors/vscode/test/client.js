// A client of the language server, as plain as one can be: the published libraries
// of the protocol, and buffers that nobody saves.
const { spawn } = require('node:child_process')
const { readFileSync } = require('node:fs')
const path = require('node:path')
const { fileURLToPath, pathToFileURL } = require('node:url')
const rpc = require('vscode-jsonrpc/node')
const lsp = require('vscode-languageserver-protocol')

const project = path.resolve(__dirname, '../../testdata/plasma')
const uriOf = name => pathToFileURL(path.join(project, name)).href

// start starts the server for a project that has the files of the fixture.
async function start(capabilities) {
  const server = spawn('reactor-gen', ['lsp'], { stdio: ['pipe', 'pipe', 'inherit'] })
  const connection = rpc.createMessageConnection(
    new rpc.StreamMessageReader(server.stdout), new rpc.StreamMessageWriter(server.stdin))
  const client = new Client(connection, server)
  connection.listen()
  const root = pathToFileURL(project).href
  client.server = await connection.sendRequest(lsp.InitializeRequest.method, {
    processId: process.pid, rootUri: root, workspaceFolders: [{ uri: root, name: 'plasma' }], capabilities,
  })
  await connection.sendNotification(lsp.InitializedNotification.method, {})
  return client
}

class Client {
  buffers = new Map() // of uri: text and version
  diagnostics = new Map() // of uri: those that were published last, with the version
  #waiting = []

  constructor(connection, process) {
    this.connection = connection
    this.exit = new Promise(resolve => process.on('exit', resolve))
    connection.onNotification(lsp.PublishDiagnosticsNotification.method, p => {
      this.diagnostics.set(p.uri, p)
      this.#waiting.forEach(look => look())
    })
    for (const method of ['client/registerCapability', 'workspace/semanticTokens/refresh', 'workspace/codeLens/refresh', 'workspace/diagnostic/refresh']) {
      connection.onRequest(method, () => null)
    }
  }

  async open(name) {
    const uri = uriOf(name)
    const text = readFileSync(fileURLToPath(uri), 'utf8')
    this.buffers.set(uri, { text, version: 1 })
    const languageId = name.endsWith('.go') ? 'go' : 'yaml'
    await this.connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } })
  }

  text(name) {
    return this.buffers.get(uriOf(name)).text
  }

  // type replaces a text of a buffer by another, as one edit.
  async type(name, old, text) {
    const start = this.at(name, old)
    const end = { line: start.line, character: start.character + old.length }
    await this.edit(uriOf(name), [{ range: { start, end }, newText: text }])
  }

  // edit makes edits whose places are those of the text before, the last one first.
  async edit(uri, edits) {
    const buffer = this.buffers.get(uri)
    const offset = ({ line, character }) => buffer.text.split('\n').slice(0, line).join('\n').length + (line > 0) + character
    const later = (a, b) => offset(b.range.start) - offset(a.range.start)
    const contentChanges = edits.toSorted(later).map(({ range, newText }) => {
      buffer.text = buffer.text.slice(0, offset(range.start)) + newText + buffer.text.slice(offset(range.end))
      return { range, text: newText }
    })
    buffer.version++
    await this.connection.sendNotification('textDocument/didChange', { textDocument: { uri, version: buffer.version }, contentChanges })
  }

  // apply makes all edits of a WorkspaceEdit, in buffers that are open.
  async apply({ documentChanges, changes }) {
    for (const { textDocument, edits } of documentChanges ?? []) await this.edit(textDocument.uri, edits)
    for (const [uri, edits] of Object.entries(changes ?? {})) await this.edit(uri, edits)
  }

  // at is where a text begins, plus a number of UTF-16 units.
  at(name, text, plus = 0) {
    const before = this.text(name).split(text)[0]
    if (before === this.text(name)) throw new Error(`no ${text} in ${name}`)
    const lines = before.split('\n')
    return { line: lines.length - 1, character: lines.at(-1).length + plus }
  }

  // word is the text of a range.
  word(name, { start, end }) {
    return this.text(name).split('\n')[start.line].slice(start.character, end.character)
  }

  // published waits until a buffer's newest text has so many diagnostics.
  published(name, count) {
    const uri = uriOf(name)
    return new Promise((resolve, reject) => {
      const never = setTimeout(() => reject(new Error(`never ${count}: ${JSON.stringify(this.diagnostics.get(uri))}`)), 60_000)
      const look = () => {
        const last = this.diagnostics.get(uri)
        if (last?.version !== this.buffers.get(uri).version || last.diagnostics.length !== count) return
        clearTimeout(never)
        this.#waiting = this.#waiting.filter(other => other !== look)
        resolve(last.diagnostics)
      }
      this.#waiting.push(look)
      look()
    })
  }

  ask(method, name, params) {
    return this.connection.sendRequest(method, { textDocument: { uri: uriOf(name) }, ...params })
  }

  // stop ends the conversation as the protocol has it; it returns the exit status.
  async stop() {
    await this.connection.sendRequest('shutdown')
    await this.connection.sendNotification('exit')
    const status = await this.exit
    this.connection.dispose()
    return status
  }
}

module.exports = { start, uriOf }
