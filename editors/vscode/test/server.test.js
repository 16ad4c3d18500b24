// The language server, by an independent client.
const assert = require('node:assert/strict')
const { test } = require('node:test')
const { start } = require('./client')

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
