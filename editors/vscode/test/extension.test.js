// The extension as it is in the .vsix, with a stand-in for VS Code and the real server.
const assert = require('node:assert/strict')
const { execFileSync } = require('node:child_process')
const { mkdtempSync, rmSync, symlinkSync } = require('node:fs')
const { tmpdir } = require('node:os')
const path = require('node:path')
const { after, test } = require('node:test')
const { setTimeout } = require('node:timers/promises')
const { contributes } = require('../package.json')
const { load, project, stand } = require('./vscode')

const dir = mkdtempSync(path.join(tmpdir(), 'reactor-gen-vsix-'))
execFileSync('unzip', ['-q', path.resolve(__dirname, '../reactor-gen.vsix'), '-d', dir])
after(() => rmSync(dir, { recursive: true }))
const { main } = require(path.join(dir, 'extension/package.json'))

// started is the extension at work; it ends with the test.
async function started(t, settings, goMods) {
  const { vscode, seen } = stand(settings)
  seen.goMods = goMods ?? seen.goMods
  const extension = load(path.join(dir, 'extension', main), vscode)
  await extension.activate({ subscriptions: [], extension: { packageJSON: {} } })
  t.after(() => extension.deactivate())
  return seen
}

test('each command of the manifest is registered, and one for lenses alone', async t => {
  const seen = await started(t)
  const offered = contributes.commands.map(c => c.command)
  assert.deepEqual(offered.filter(name => !seen.commands[name]), [])
  const ours = Object.keys(seen.commands).filter(name => name !== 'reactor-gen.regenerate' /* the server's */)
  assert.deepEqual(ours.filter(name => !offered.includes(name)), ['reactor-gen.showLocations'])
  assert.deepEqual(seen.errors, [])
})

test('an unsaved document has diagnostics', async t => {
  const seen = await started(t)
  const published = new Promise(resolve => seen.diagnostics.event(({ uri, found }) => found?.length > 0 && resolve({ uri, found })))
  seen.open('plasma.go', text => text.replace('name=plasma', '"author=é😀" name=Plasma'))
  const { uri, found: [one] } = await published
  assert.equal(path.basename(uri.path), 'plasma.go')
  assert.match(one.message, /^model name "Plasma" is not valid/)
  assert.deepEqual({ ...one.range.start }, { line: 13, character: '//reactor:model "author=é😀" name='.length })
})

test('what the commands start', async t => {
  const seen = await started(t)
  for (const name of ['check', 'generate', 'run', 'explain']) await seen.commands[`reactor-gen.${name}`]()
  assert.deepEqual(seen.tasks.map(([, , name, source, { all: [, args, { cwd }] }, matchers]) => ({ name, source, args, cwd, matchers })), [
    { name: 'check', source: 'reactor-gen', args: ['check', '--workspace', '--color', 'never'], cwd: project, matchers: ['$reactor-gen'] },
    { name: 'generate', source: 'reactor-gen', args: ['generate'], cwd: project, matchers: ['$reactor-gen'] },
  ])
  await seen.commands['reactor-gen.run']('/of/a/lens')
  assert.deepEqual(seen.terminals.map(({ shellArgs, cwd }) => ({ shellArgs, cwd })), [
    { shellArgs: ['run'], cwd: project },
    { shellArgs: ['run'], cwd: '/of/a/lens' },
  ])
  assert.match(await seen.contents['reactor-gen'].provideTextDocumentContent({ path: 'RG111' }), /^RG111: model name is not valid/)
  await seen.commands['reactor-gen.restart']()
  assert.equal(seen.log.filter(line => line.endsWith('reactor-gen lsp')).length, 2)
})

test('findings are matched where their files are named from the folder of the workspace', async t => {
  const folder = path.dirname(project)
  const seen = await started(t, { folder })
  for (const name of ['check', 'generate']) await seen.commands[`reactor-gen.${name}`](project)
  assert.deepEqual(seen.tasks.map(([, , name, , { all: [, , { cwd }] }, matchers]) => ({ name, cwd, matchers })), [
    { name: 'check', cwd: folder, matchers: ['$reactor-gen'] },
    { name: 'generate', cwd: project, matchers: [] },
  ])
  assert.deepEqual(contributes.problemMatchers.map(m => m.fileLocation), [['relative', '${workspaceFolder}']])
})

test('a lens shows places', async t => {
  const seen = await started(t)
  const range = { start: { line: 1, character: 2 }, end: { line: 1, character: 4 } }
  await seen.commands['reactor-gen.showLocations']('file:///a.go', range.start, [{ uri: 'file:///b.go', range }])
  const [[name, uri, at, [place]]] = seen.executed
  assert.deepEqual([name, uri.path, { ...at }, place.uri.path, { ...place.range.end }], ['editor.action.showReferences', '/a.go', range.start, '/b.go', range.end])
})

test('a program that is not there is told', async t => {
  const seen = await started(t, { path: path.join(dir, 'nowhere') })
  assert.equal(seen.errors.length, 1)
  assert.match(seen.errors[0], /nowhere/)
})

test('a server that did not start is started when a module comes', async t => {
  const missing = path.join(dir, 'later')
  const seen = await started(t, { path: missing })
  assert.equal(seen.errors.length, 1)
  symlinkSync(execFileSync('sh', ['-c', 'command -v reactor-gen'], { encoding: 'utf8' }).trim(), missing)
  seen.created.fire()
  const begun = () => seen.log.filter(line => line.endsWith('later lsp')).length
  for (let i = 0; i < 1000 && begun() < 2; i++) await setTimeout(5)
  assert.equal(begun(), 2)
  assert.equal(seen.errors.length, 1)
})

test('where no module needs reactor, nobody is told; one that comes is seen', async t => {
  const { PATH } = process.env
  t.after(() => (process.env.PATH = PATH))
  process.env.PATH = dir
  const seen = await started(t, {}, [])
  assert.deepEqual(seen.errors, [])
  assert.match(seen.log.join(), /reactor-gen is not in PATH/)

  process.env.PATH = PATH
  seen.goMods = [path.join(project, 'go.mod')]
  seen.created.fire()
  seen.created.fire()
  const begun = () => seen.log.filter(line => line.endsWith('reactor-gen lsp')).length
  while (!begun()) await setTimeout(5)
  assert.equal(begun(), 1)
  assert.deepEqual(seen.errors, [])
})
