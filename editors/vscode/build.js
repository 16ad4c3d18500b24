// Bundles the extension into dist, with the licences of what is in it.
const esbuild = require('esbuild')
const fs = require('node:fs')
const path = require('node:path')

const { metafile } = esbuild.buildSync({
  entryPoints: ['src/extension.js'],
  outfile: 'dist/extension.js',
  bundle: true,
  platform: 'node',
  target: 'node20', // that of VS Code 1.91
  external: ['vscode'],
  minify: true,
  metafile: true,
})

const inside = Object.keys(metafile.inputs).map(file => /^node_modules\/(@[^/]+\/)?[^/]+/.exec(file)?.[0])
const notices = [...new Set(inside)].filter(Boolean).sort().map(dir => {
  const { name, version, license } = JSON.parse(fs.readFileSync(path.join(dir, 'package.json')))
  const file = fs.readdirSync(dir).find(name => /^licen[cs]e/i.test(name))
  if (!file) throw new Error(`${dir} has no licence`)
  return `${name} ${version} (${license})\n\n${fs.readFileSync(path.join(dir, file), 'utf8').trim()}\n`
})
fs.writeFileSync('dist/NOTICE.txt', notices.join('\n---\n\n'))
