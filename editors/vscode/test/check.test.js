// What the manifest says, held against what the program prints and takes.
const assert = require('node:assert/strict')
const { spawnSync } = require('node:child_process')
const { mkdtempSync, readFileSync, rmSync, writeFileSync } = require('node:fs')
const { tmpdir } = require('node:os')
const path = require('node:path')
const { test } = require('node:test')
const { contributes } = require('../package.json')
const snippets = require('../snippets/go.json')

const checkout = path.resolve(__dirname, '../../..')

// check is what the program says of a project with a file.
function check(t, text) {
  const dir = mkdtempSync(path.join(tmpdir(), 'reactor-gen-'))
  t.after(() => rmSync(dir, { recursive: true }))
  const reactor = 'github.com/reactorgen/reactor'
  writeFileSync(path.join(dir, 'go.mod'), `module example.com/a\n\ngo 1.26.0\n\nrequire ${reactor} v0.0.0\n\nreplace ${reactor} => ${checkout}\n`)
  writeFileSync(path.join(dir, 'a.go'), text)
  const { stdout, error } = spawnSync('reactor-gen', ['check', '--color', 'never', '--frames', 'always'], { cwd: dir, encoding: 'utf8' })
  assert.ifError(error)
  return stdout
}

const good = 'package a\n\nimport "github.com/reactorgen/reactor"\n\n//reactor:model name=a\ntype A struct{}\n\nfunc (*A) StartSession(reactor.Context) error { return nil }\n'

test('the problem matcher finds what check says, and each thing once', t => {
  const [{ regexp, ...groups }] = contributes.problemPatterns
  const said = check(t, good.replace('name=a', 'name=A min=3 fps=30'))
  const matches = said.split('\n').map(line => new RegExp(regexp).exec(line)).filter(Boolean)
  const counted = said.match(/\d+(?= (error|warning)s?[,;])/g).map(Number)
  assert.equal(matches.length, counted.reduce((a, b) => a + b), said)
  const [first] = matches
  assert.deepEqual(
    ['file', 'line', 'column', 'severity', 'message', 'code'].map(name => first[groups[name]]),
    ['a.go', '5', '22', 'error', 'model name "A" is not valid', 'RG111'])
})

test('the task of docs/editors.md has that matcher', () => {
  const docs = readFileSync(path.join(checkout, 'docs/editors.md'), 'utf8')
  const { name, ...pattern } = contributes.problemPatterns[0]
  const task = JSON.parse(/```json\n(\{\n {2}"label": "reactor-gen check"[^`]*)```/.exec(docs)[1])
  assert.deepEqual(task.problemMatcher.pattern, pattern)
})

test('the problem matcher takes a path of Windows', () => {
  const match = new RegExp(contributes.problemPatterns[0].regexp).exec('C:\\a b\\a.go:5:22: warning: x [y] [RG121]')
  assert.deepEqual(match.slice(1), ['C:\\a b\\a.go', '5', '22', 'warning', 'x [y]', 'RG121'])
})

// filled is a snippet as it stands when nothing is typed into it.
function filled(name) {
  const text = snippets[name].body.join('\n')
  return text.replace(/\$\{\d+:([^}]*)\}|\$\d+/g, (_, value) => value ?? '')
}

test('the snippets make a good project', t => {
  const command = filled('Reactor command').replace(/^\/\/reactor:param.*$/m, filled('Reactor parameter'))
  const model = filled('Reactor model').replace(/^(?=\/\/reactor:model)/m, `${filled('Reactor track')}\n`)
  const parts = [model, filled('Reactor message'), command]
  assert.match(check(t, ['package a', 'import "github.com/reactorgen/reactor"', ...parts].join('\n\n')), /^ok  my-model .* 1 command /m)
})

test('the snippet of a command is good without limits', t => {
  const text = good + filled('Reactor command').replace('*Model', '*A')
  assert.match(check(t, text), /^ok  a .* 1 command /m)
})

test('the snippet that ignores', t => {
  const text = good.replace('name=a', 'name=a fps=30').replace('//reactor:model', `${filled('Reactor ignore')}\n//reactor:model`)
  assert.match(check(t, text), /^ok  a /m)
})
