// The highlighting, in the grammar of Go that VS Code ships, by its own machinery.
const assert = require('node:assert/strict')
const { spawnSync } = require('node:child_process')
const { readFileSync } = require('node:fs')
const { before, test } = require('node:test')
const oniguruma = require('vscode-oniguruma')
const textmate = require('vscode-textmate')
const snippets = require('../snippets/go.json')

let go
before(async () => {
  await oniguruma.loadWASM(readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm')))
  const files = {
    'source.go': require.resolve('tm-grammars/grammars/go.json'),
    'source.go.reactor': require.resolve('../syntaxes/reactor.tmLanguage.json'),
  }
  const registry = new textmate.Registry({
    onigLib: { createOnigScanner: list => new oniguruma.OnigScanner(list), createOnigString: text => new oniguruma.OnigString(text) },
    loadGrammar: scope => files[scope] && textmate.parseRawGrammar(readFileSync(files[scope], 'utf8'), files[scope]),
    getInjections: scope => (scope === 'source.go' ? ['source.go.reactor'] : []),
  })
  go = await registry.loadGrammar('source.go')
})

// scopes are the innermost scopes of ours in a text, one "text: scope" each.
function scopes(text) {
  let stack = textmate.INITIAL
  return text.split('\n').flatMap(line => {
    const { tokens, ruleStack } = go.tokenizeLine(line, stack)
    stack = ruleStack
    return tokens
      .filter(token => token.scopes.at(-1).endsWith('.reactor') && !token.scopes.at(-1).startsWith('meta.'))
      .map(token => `${line.slice(token.startIndex, token.endIndex)}: ${token.scopes.at(-1).replace('.reactor', '')}`)
  })
}

test('a model', () => {
  assert.deepEqual(scopes('//reactor:model name=plasma weights=a,b "author=é 😀" // see below'), [
    'reactor:: keyword.control.directive',
    'model: keyword.control.directive',
    'name: variable.parameter',
    '=: keyword.operator.assignment',
    'plasma: string.unquoted',
    'weights: variable.parameter',
    '=: keyword.operator.assignment',
    'a: string.unquoted',
    ',: punctuation.separator',
    'b: string.unquoted',
    '": string.quoted.double',
    'author=é 😀: string.quoted.double',
    '": string.quoted.double',
  ])
})

test('a parameter, a command, a track and an ignored code', () => {
  assert.deepEqual(scopes('\t//reactor:param speed min=-4 description="a // b"').slice(2), [
    'speed: entity.name.function',
    'min: variable.parameter',
    '=: keyword.operator.assignment',
    '-4: constant.numeric',
    'description: variable.parameter',
    '=: keyword.operator.assignment',
    '": string.quoted.double',
    'a // b: string.quoted.double',
    '": string.quoted.double',
  ])
  assert.deepEqual(scopes('//reactor:command set-speed async').slice(2), ['set-speed: entity.name.function'])
  assert.deepEqual(scopes('//reactor:track depth_map').slice(2), ['depth_map: entity.name.function'])
  assert.deepEqual(scopes('//reactor:ignore RG121 as RG122 says').slice(2), ['RG121: constant.other.code'])
})

test('all directives that there are', () => {
  const { stdout } = spawnSync('reactor-gen', ['directives'], { encoding: 'utf8' })
  const verbs = [...stdout.matchAll(/^\/\/reactor:(\w+)/gm)].map(match => match[1])
  assert.ok(verbs.length > 4, stdout)
  for (const verb of verbs) {
    assert.deepEqual(scopes(`//reactor:${verb}`), ['reactor:: keyword.control.directive', `${verb}: keyword.control.directive`])
    assert.ok(snippets[`Reactor ${verb === 'param' ? 'parameter' : verb}`], verb)
  }
})

test('what is no directive', () => {
  for (const text of ['// reactor:model name=a', '//reactor:modell name=a', 'x := `\n//reactor:model name=a\n`', '/*\n//reactor:model name=a\n*/', 'x := "//reactor:model name=a"']) {
    assert.deepEqual(scopes(text), [], text)
  }
})

test('a quote that is never closed ends with its line', () => {
  assert.deepEqual(scopes('//reactor:model "name=a\nvar x int').slice(2), ['": string.quoted.double', 'name=a: string.quoted.double'])
})
