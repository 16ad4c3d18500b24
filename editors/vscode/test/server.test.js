// The language server, by an independent client.
const assert = require('node:assert/strict')
const { test } = require('node:test')
const { start, uriOf } = require('./client')

const capabilities = {
  general: { positionEncodings: ['utf-16'] },
  textDocument: {
    publishDiagnostics: { versionSupport: true, codeDescriptionSupport: true },
    codeAction: { isPreferredSupport: true, codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } } },
    rename: { prepareSupport: true },
  },
  workspace: { workspaceEdit: { documentChanges: true } },
}

test('a mistake in a buffer that is not saved, behind é and 😀, and its fix', async t => {
  const client = await start(capabilities)
  await client.open('plasma.go')
  assert.deepEqual(await client.published('plasma.go', 0), [])

  await client.type('plasma.go', 'name=plasma', '"author=é😀" name=Plasma')
  const [found] = await client.published('plasma.go', 1)
  assert.equal(found.code, 'RG111')
  assert.equal(found.source, 'reactor-gen')
  assert.equal(client.word('plasma.go', found.range), 'P')

  const [action] = await client.ask('textDocument/codeAction', 'plasma.go', { range: found.range, context: { diagnostics: [found] } })
  assert.equal(action.title, 'write name=plasma')
  await client.apply(action.edit)
  assert.deepEqual(await client.published('plasma.go', 0), [])
  assert.match(client.text('plasma.go'), /^\/\/reactor:model "author=é😀" name=plasma config=/m)
  assert.equal(await client.stop(), 0)
})

// completed has the client take one of the proposals at the end of a text.
async function completed(client, name, text, label) {
  const list = await client.ask('textDocument/completion', name, { position: client.at(name, text, text.length) })
  const item = list.items.find(one => one.label === label)
  assert.ok(item, `no ${label} in ${list.items.map(one => one.label)}`)
  await client.edit(uriOf(name), [item.textEdit])
}

test('completion in a directive and in YAML, behind é and 😀', async () => {
  const client = await start(capabilities)
  await client.open('plasma.go')
  await client.open('configs/default.yaml')

  await client.type('plasma.go', 'name=plasma config=configs/default.yaml', '"author=é😀" name=plasma con')
  await completed(client, 'plasma.go', ' con', 'config')
  await completed(client, 'plasma.go', 'config=', 'configs/default.yaml')
  assert.match(client.text('plasma.go'), /^\/\/reactor:model "author=é😀" name=plasma config=configs\/default.yaml$/m)
  await client.published('plasma.go', 0)

  await client.type('configs/default.yaml', '${strength}', '${str')
  await completed(client, 'configs/default.yaml', '${str', 'strength')
  await client.type('configs/default.yaml', 'strength: 0.5', 'stre')
  await completed(client, 'configs/default.yaml', 'stre', 'strength')
  assert.equal(client.text('configs/default.yaml'), 'strength: \ntitle: é😀 at ${strength}\n')
  assert.equal(await client.stop(), 0)
})

test('a key renamed from Go, and back from YAML, behind é and 😀', async () => {
  const client = await start(capabilities)
  await client.open('plasma.go')
  await client.open('configs/default.yaml')
  const rename = async (name, text, newName) => {
    const position = client.at(name, text, text.length - 1)
    assert.ok(await client.ask('textDocument/prepareRename', name, { position }))
    await client.apply(await client.ask('textDocument/rename', name, { position, newName }))
    await client.published('plasma.go', 0)
    await client.published('configs/default.yaml', 0)
  }

  await rename('plasma.go', 'json:"é😀" yaml:"strength', 'glow-by')
  assert.match(client.text('plasma.go'), /json:"é😀" yaml:"glow-by"`/)
  assert.equal(client.text('configs/default.yaml'), 'glow-by: 0.5\ntitle: é😀 at ${glow-by}\n')

  await rename('configs/default.yaml', 'é😀 at ${glow', 'power')
  assert.match(client.text('plasma.go'), /json:"é😀" yaml:"power"`/)
  assert.equal(client.text('configs/default.yaml'), 'power: 0.5\ntitle: é😀 at ${power}\n')
  assert.equal(await client.stop(), 0)
})

test('a client that asks for diagnostics is told of none unasked', async () => {
  const pulls = { ...capabilities, textDocument: { ...capabilities.textDocument, diagnostic: { dynamicRegistration: false } } }
  const client = await start(pulls)
  await client.open('plasma.go')
  const pull = previousResultId => client.ask('textDocument/diagnostic', 'plasma.go', { previousResultId })
  const clean = await pull()
  assert.deepEqual([clean.kind, clean.items], ['full', []])

  await client.type('plasma.go', 'name=plasma', '"author=é😀" name=Plasma')
  const { items: [found], resultId } = await pull(clean.resultId)
  assert.equal(client.word('plasma.go', found.range), 'P')
  assert.deepEqual(await pull(resultId), { kind: 'unchanged', resultId })
  assert.equal(client.diagnostics.get(uriOf('plasma.go')), undefined)
  assert.equal(await client.stop(), 0)
})
