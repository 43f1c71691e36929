// Prints what is on record of the suites that are named: `<suite>\t<run folder>`, the newest run of each, in the order they are
// named. With `--spent` before them, USD that the newest runs of all of them have cost so far.
import { globSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

const [first, ...others] = process.argv.slice(2)
const isSpent = first === '--spent'
const suites = isSpent ? others : process.argv.slice(2)

/** A file that was cut off says nothing. */
function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

const newest = new Map()
// Ids begin with the time.
for (const file of globSync('runs/*/*/manifest.json').toSorted()) {
  const { suite, verifies } = read(file) ?? {}
  // A run that checked another's replies has no calls to make.
  if (typeof suite?.file === 'string' && verifies === undefined)
    newest.set(resolve(suite.file), dirname(file))
}
const found = suites.flatMap((suite) => {
  const dir = newest.get(resolve(suite))
  return dir === undefined ? [] : [{ suite, dir }]
})
const spent = found.map(({ dir }) => read(`${dir}/analysis.json`)?.spentUsd)
const lines = isSpent
  ? [spent.reduce((sum, usd) => (typeof usd === 'number' ? sum + usd : sum), 0)]
  : found.map(({ suite, dir }) => `${suite}\t${dir}`)
process.stdout.write(lines.map((line) => `${line}\n`).join(''))
