// The program reactor-gen: where it is, and the modules that it is for.
const { execFile } = require('node:child_process')
const { readFile } = require('node:fs/promises')
const { accessSync, constants, statSync } = require('node:fs')
const path = require('node:path')
const { promisify } = require('node:util')

const toolPath = 'github.com/reactorgen/reactor/cmd/reactor-gen'
const inModule = /^\s*((module|require|tool|replace)\s+)?github\.com\/reactorgen\/reactor(\s|\/cmd\/|$)/m

// find is the program to start: the one of the setting, else the one in PATH, else
// the tool of one of the modules, which the go command builds on the way.
async function find(setting, modules, env = process.env) {
  if (setting) return setting
  const inPath = lookPath('reactor-gen', env)
  if (inPath) return inPath
  let why = 'no module here needs github.com/reactorgen/reactor'
  for (const dir of modules) {
    try {
      return (await output('go', ['tool', '-n', 'reactor-gen'], { cwd: dir, env })).trim()
    } catch (err) {
      why = `${dir}: ${(err.stderr || err.message).trim()}`
    }
  }
  throw new Error(`reactor-gen is not in PATH, and no tool of a module: go get -tool ${toolPath} (${why})`)
}

// output is what a program prints.
async function output(command, args, options) {
  return (await promisify(execFile)(command, args, options)).stdout
}

// lookPath is the file of a program, or undefined.
function lookPath(name, env) {
  const ends = process.platform === 'win32' ? (env.PATHEXT || '.EXE').split(';') : ['']
  const dirs = (env.PATH || env.Path || '').split(path.delimiter).filter(path.isAbsolute)
  return dirs.flatMap(dir => ends.map(end => path.join(dir, name + end))).find(isProgram)
}

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}

// ofReactor are the folders of those go.mod files that name reactor.
async function ofReactor(goMods) {
  const texts = await Promise.all(goMods.map(file => readFile(file, 'utf8').catch(() => '')))
  return goMods.filter((_, i) => inModule.test(texts[i])).map(file => path.dirname(file)).sort()
}

// moduleOf is the module that a file is in, the innermost one, or undefined. The paths
// are those of this system, where no others are told.
function moduleOf(file, modules, { relative, isAbsolute } = path) {
  const around = modules.filter(dir => {
    const below = relative(dir, file)
    return !below.startsWith('..') && !isAbsolute(below) // it is, on another drive
  })
  return around.sort((a, b) => b.length - a.length)[0]
}

module.exports = { find, moduleOf, ofReactor, output }
