import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')

/** Folder → what its files may import of ours. The longest matching folder decides; a file in no listed folder fails. */
const TABLE: Readonly<Record<string, readonly string[] | 'anything'>> = {
  'harness/model': ['harness/model'],
  'harness/stats': ['harness/stats'],
  'harness/pricing': ['harness/pricing', 'harness/model'],
  harness: ['harness'],
  providers: ['providers', 'harness/model', 'harness/pricing'],
  assertions: ['assertions', 'harness/model', 'harness/pricing'],
  reports: ['reports', 'harness/model'],
  scripts: 'anything',
  suites: ['suites', 'assertions', 'harness/model'],
  tests: 'anything',
}

/**
 * promptfoo takes over a second to import: one file of the harness does, and only when a check or one of its providers is needed; a
 * check that asks a model does under promptfoo alone, where it is imported already.
 */
const PROMPTFOO_IMPORTERS = ['harness/verify/promptfoo.ts', 'assertions/judge/ask.ts']

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s[^'"]*?from\s*['"]([^'"]+)['"]|import\s*\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)\s*import\s*['"]([^'"]+)['"]/g

function importsOf(source: string): string[] {
  return [...source.matchAll(IMPORT)].map((match) => match[1] ?? match[2] ?? match[3] ?? '')
}

function folderOf(file: string): string | undefined {
  return Object.keys(TABLE)
    .filter((folder) => file.startsWith(`${folder}/`))
    .toSorted((a, b) => b.length - a.length)[0]
}

function violations(file: string, source: string): string[] {
  const folder = folderOf(file)
  if (folder === undefined) return [`${file} is in no folder of the import table`]
  const allowed = TABLE[folder]
  if (allowed === undefined || allowed === 'anything') return []
  return importsOf(source).flatMap((specifier) => {
    if (!specifier.startsWith('.')) {
      const bare = specifier === 'promptfoo' || specifier.startsWith('promptfoo/')
      return bare && !PROMPTFOO_IMPORTERS.includes(file)
        ? [`${file} imports promptfoo; only ${PROMPTFOO_IMPORTERS.join(' and ')} may`]
        : []
    }
    const target = relative(ROOT, resolve(ROOT, dirname(file), specifier))
    return allowed.some((prefix) => target.startsWith(`${prefix}/`)) ? [] : [`${file} imports ${target}`]
  })
}

const files = globSync('{harness,providers,assertions,reports,scripts,suites,tests}/**/*.{ts,tsx,mjs}', {
  cwd: ROOT,
})
  .filter((file) => !file.startsWith('tests/fixtures/'))
  .toSorted()

describe('the import table', () => {
  it('lists every folder that holds code', () => {
    const roots = globSync('*/**/*.{ts,tsx}', {
      cwd: ROOT,
      exclude: ['node_modules', 'dist', 'runs', '.cache'],
    })
      .map((file) => file.split('/')[0] ?? '')
      .filter((folder) => !(folder in TABLE))
    expect([...new Set(roots)]).toEqual([])
  })

  it('holds for every static and dynamic import', () => {
    expect(files.length).toBeGreaterThan(20)
    expect(files.flatMap((file) => violations(file, readFileSync(join(ROOT, file), 'utf8')))).toEqual([])
  })

  it('would catch a report that reaches into the harness, and a model file that imports a stage', () => {
    expect(violations('reports/x.ts', "import { run } from '../harness/run.ts'")).toEqual([
      'reports/x.ts imports harness/run.ts',
    ])
    expect(violations('harness/model/x.ts', "import type { A } from '../suite/read.ts'")).toEqual([
      'harness/model/x.ts imports harness/suite/read.ts',
    ])
    expect(violations('harness/plan/x.ts', "const p = await import('promptfoo')")).toHaveLength(1)
    expect(violations('elsewhere/x.ts', '')).toEqual(['elsewhere/x.ts is in no folder of the import table'])
  })
})

describe('the source', () => {
  it('exits the process nowhere below scripts/, but for the watchdog, whose main thread cannot', () => {
    const offenders = files.filter(
      (file) =>
        !/^(scripts|tests)\//.test(file) &&
        file !== 'harness/execute/watchdog-worker.ts' &&
        /\bprocess\.(exit|exitCode)\b/.test(readFileSync(join(ROOT, file), 'utf8')),
    )
    expect(offenders).toEqual([])
  })

  it('keeps every file to one concept: at most 250 lines', () => {
    const long = files
      .filter((file) => !file.startsWith('tests/'))
      .map((file) => `${file}: ${readFileSync(join(ROOT, file), 'utf8').split('\n').length}`)
      .filter((line) => Number(line.split(': ')[1]) > 251)
    expect(long).toEqual([])
  })
})
