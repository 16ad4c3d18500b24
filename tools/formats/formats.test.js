import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { after, before } from 'node:test'
import { validate } from '@umbrelladocs/rdformat-validator'
import { XMLParser, XMLValidator } from 'fast-xml-parser'

const require = createRequire(import.meta.url)
const dir = mkdtempSync(join(tmpdir(), 'formats-'))

// The Go tests write the documents that they read back.
before(() => {
  const args = ['test', '-count=1', '-run', '^Test(Formats|Reports)', './diag', './scanner', '-args', '-documents', dir]
  execFileSync('go', args, { cwd: '../..', stdio: 'inherit' })
})
after(() => rmSync(dir, { recursive: true }))

// documents reads all of one format.
function documents(format) {
  const names = readdirSync(join(dir, format))
  assert.ok(names.length > 80, `only ${names.length} documents`)
  return names.map(name => ({ name, text: readFileSync(join(dir, format, name), 'utf8') }))
}

// sarifFindings validates logs with Microsoft's rules and GitHub's.
function sarifFindings(logs) {
  const tool = require('@microsoft/sarif-multitool-linux')
  chmodSync(tool, 0o755) // its install script is not run everywhere
  const inputs = logs.map((log, i) => {
    const name = join(dir, `log${i}.sarif`)
    writeFileSync(name, JSON.stringify(log))
    return name
  })
  const output = join(dir, 'findings.sarif')
  const args = ['validate', ...inputs, '--output', output, '--rule-kind', 'Sarif;Gh', '--level', 'Error;Warning', '--log', 'ForceOverwrite']
  const run = spawnSync(tool, args, { env: { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' }, encoding: 'utf8' })
  assert.match(run.stdout, new RegExp(`Done. ${logs.length} files? scanned`), run.stdout + run.stderr)
  const { results } = JSON.parse(readFileSync(output, 'utf8').replace(/^\ufeff/, '')).runs[0]
  return results.map(r => `${r.level ?? 'warning'} ${r.ruleId}: ${(r.message.arguments ?? [r.message.text]).join(' ')}`)
}

test('SARIF is valid, and good for GitHub', () => {
  const all = documents('sarif').map(({ text }) => JSON.parse(text))
  // Twenty runs a log, as many as GitHub takes: the tool is slow to begin a log.
  const logs = []
  for (let i = 0; i < all.length; i += 20) {
    logs.push({ ...all[i], runs: all.slice(i, i + 20).flatMap(log => log.runs) })
  }
  const found = sarifFindings(logs)
  assert.equal(found.length, 0, `${found.length} findings:\n${found.slice(0, 20).join('\n')}`)

  const broken = all.find(log => log.runs[0].results.length > 0)
  const { region } = broken.runs[0].results[0].locations[0].physicalLocation
  Object.assign(region, { startColumn: 9, endLine: region.startLine, endColumn: 3 })
  assert.equal(sarifFindings([broken]).length, 1, 'a region that ends before it begins passes')
})

test('rdjson is valid', async () => {
  for (const { name, text } of documents('rdjson')) {
    const result = await validate(text, { strictMode: true, allowExtraFields: false })
    assert.ok(result.valid, `${name}: ${JSON.stringify(result.errors)}`)
    const warnings = result.warnings.filter(w => w.code !== 'EMPTY_ARRAY') // nothing found is meant
    assert.deepEqual(warnings, [], name)
  }
})

for (const format of ['checkstyle', 'junit']) {
  test(`${format} is well-formed`, () => {
    for (const { name, text } of documents(format)) {
      assert.equal(XMLValidator.validate(text), true, name)
    }
  })
}

test('junit counts its tests', () => {
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '', isArray: name => name === 'testcase' })
  for (const { name, text } of documents('junit')) {
    const suite = parser.parse(text).testsuites.testsuite
    const with_ = part => suite.testcase.filter(c => part in c).length
    const counts = [suite.tests, suite.failures, suite.errors].map(Number)
    assert.deepEqual(counts, [suite.testcase.length, with_('failure'), with_('error')], name)
  }
})

test('GitLab finds its fields, and no fingerprint twice', () => {
  for (const { name, text } of documents('gitlab')) {
    const issues = JSON.parse(text)
    for (const issue of issues) {
      assert.ok(issue.description && issue.check_name && issue.location.path && issue.location.lines.begin > 0, name)
      assert.match(issue.severity, /^(info|minor|major|critical|blocker)$/)
    }
    assert.equal(new Set(issues.map(i => i.fingerprint)).size, issues.length, name)
  }
})
