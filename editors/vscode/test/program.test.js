// Where the program is looked for.
const assert = require('node:assert/strict')
const { execFileSync } = require('node:child_process')
const { mkdtempSync, rmSync } = require('node:fs')
const { tmpdir } = require('node:os')
const path = require('node:path')
const { after, test } = require('node:test')
const { find, moduleOf, ofReactor } = require('../src/program')
const { project } = require('./vscode')

const dir = mkdtempSync(path.join(tmpdir(), 'reactor-gen-'))
after(() => rmSync(dir, { recursive: true }))

const which = name => execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim()
const withoutIt = { ...process.env, PATH: path.dirname(which('go')) }

test('the setting, then PATH', async () => {
  assert.equal(await find('/opt/reactor-gen', []), '/opt/reactor-gen')
  assert.equal(await find('', []), which('reactor-gen'))
})

test('the tool of a module', async () => {
  execFileSync('reactor-gen', ['init', 'glow'], { cwd: dir })
  const command = await find('', [project, path.join(dir, 'glow')], withoutIt)
  assert.match(execFileSync(command, ['version'], { encoding: 'utf8' }), /^reactor-gen /)
})

test('nowhere: what to do, and why', async () => {
  const advice = /go get -tool github\.com\/reactorgen\/reactor\/cmd\/reactor-gen/
  await assert.rejects(find('', [], withoutIt), advice)
  await assert.rejects(find('', [project], withoutIt), err => advice.test(err.message) && err.message.includes(`${project}: go: `))
})

test('modules of reactor, and the innermost of a file', async () => {
  const top = path.resolve(project, '../../..')
  const goMods = [path.join(project, 'go.mod'), path.join(top, 'go.mod'), path.join(top, 'tools/lint/go.mod'), '/nowhere/go.mod']
  assert.deepEqual(await ofReactor(goMods), [top, project])
  assert.equal(moduleOf(path.join(project, 'plasma.go'), [top, project]), project)
  assert.equal(moduleOf(path.join(top, 'model.go'), [project, top]), top)
  assert.equal(moduleOf('/elsewhere.go', [project]), undefined)
  assert.equal(moduleOf('C:\\glow\\model.go', ['D:\\plasma', 'C:\\glow'], path.win32), 'C:\\glow')
  assert.equal(moduleOf('C:\\model.go', ['D:\\plasma'], path.win32), undefined)
})
