#!/usr/bin/env -S node --max-semi-space-size=8 --
// Sets up Node, then starts the command line: from source in a checkout, compiled in the installed package. It imports
// nothing of ours, so that `assay --help` costs little more than Node itself.
import { existsSync } from 'node:fs'
import module from 'node:module'
import { homedir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'
import { setFlagsFromString } from 'node:v8'

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 22)) {
  process.stderr.write(`error: assay needs Node 22.22 or newer; this is ${process.version}\n`)
  process.exit(2)
}

const root = join(import.meta.dirname, '..')
const isCheckout = !root.includes('node_modules') && existsSync(join(root, 'scripts', 'assay.ts'))

// A small young generation (the first line above; V8 takes that flag at its start only), and an old one that grows by 60 %
// at a time keep a long run's peak near what lives, for little more processor time. Started without that flag, the young
// generation is kept from growing instead. A hard limit is left to NODE_OPTIONS=--max-old-space-size=N: it ends in a crash.
// The `--` of the first line keeps Node from taking our --env-file for its own.
const isSized = [...process.execArgv, process.env.NODE_OPTIONS ?? ''].some((flag) =>
  flag.includes('semi-space-size'),
)
if (!isSized) setFlagsFromString('--semi-space-growth-factor=1')
setFlagsFromString('--heap-growing-percent=60')

hideWarnings()
module.enableCompileCache(join(cacheDir(), 'compile'))

const entry = isCheckout ? '../scripts/assay.ts' : '../dist/scripts/assay.js'
await import(new URL(entry, import.meta.url).href)

// The rule of harness/record/cache-dir.ts, repeated because what is imported before the cache is on is not cached.
function cacheDir() {
  const { ASSAY_CACHE_DIR: own, XDG_CACHE_HOME: xdg = '' } = process.env
  if (own) return resolve(own)
  if (isCheckout) return join(root, '.cache')
  return join(isAbsolute(xdg) ? xdg : join(homedir(), '.cache'), 'assay')
}

// What Node or a library of promptfoo's tries out is no concern of whoever runs a suite, nor is it that Node reads a file of
// the user's twice where package.json does not say what it is.
function hideWarnings() {
  const emitWarning = process.emitWarning.bind(process)
  process.emitWarning = (warning, ...rest) => {
    const { type, code } = typeof rest[0] === 'object' ? rest[0] : { type: rest[0], code: rest[1] }
    const isExperimental = type === 'ExperimentalWarning' || warning?.name === 'ExperimentalWarning'
    if (!isExperimental && code !== 'MODULE_TYPELESS_PACKAGE_JSON') emitWarning(warning, ...rest)
  }
}
