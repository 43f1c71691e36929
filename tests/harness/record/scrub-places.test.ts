import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { formatBaseline, hashOf } from '../../../harness/baseline/format.ts'
import { readBaseline } from '../../../harness/baseline/read-baseline.ts'
import type { Baseline } from '../../../harness/model/baseline.ts'
import { literalRules } from '../../../harness/record/redact.ts'
import { findPlaces } from '../../../harness/record/scrub/find-places.ts'
import { purgeBaseline } from '../../../harness/record/scrub/purge-baseline.ts'
import { Scrubber } from '../../../harness/record/scrub/scrubber.ts'

const made: string[] = []
afterAll(() => {
  for (const dir of made) rmSync(dir, { recursive: true })
})

const RUN = { 'manifest.json': '{"v":1,"id":"r","suite":{},"columns":[]}', 'trials.jsonl': '' }

/** A folder with files in it. */
function folder(files: Readonly<Record<string, string>>): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'assay-places-'))
  made.push(dir)
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(dir, name)), { recursive: true })
    writeFileSync(path.join(dir, name), content)
  }
  return dir
}

function under(prefix: string, files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([name, content]) => [`${prefix}/${name}`, content]))
}

async function placesIn(
  cwd: string,
  paths: readonly string[] = [],
  cacheDir = path.join(cwd, '.cache'),
): Promise<string[]> {
  const places = await findPlaces(paths, { cwd, cacheDir })
  return places.map(
    ({ kind, files }) => `${kind}: ${files.map((file) => path.relative(cwd, file)).join(' ')}`,
  )
}

describe('what is looked at', () => {
  const files = {
    ...under('runs/s/r1', { ...RUN, 'report.html': '', '.trials.jsonl.tmp': '', 'run.lock': '' }),
    ...under('runs/s/r1/confirm', RUN),
    'runs/s/index.html': '',
    ...under('elsewhere/out', RUN),
    'suites/s/baseline.json': '{"hash":"x","cases":[]}',
    'suites/s/baseline.other.json': '{"not":"ours"}',
    ...under('suites/s/baseline', RUN),
    'suites/s/cassette/a--b.jsonl': '',
    'suites/s/cassette/x/graders.jsonl': '',
    'suites/s/cassette/notes.txt': '',
    'suites/s/suite.yaml': '',
    ...under('node_modules/p/runs', RUN),
    ...under('.git/runs', RUN),
    '.cache/replies/a.index': '',
    '.cache/compile/x/code': '',
    '.cache/baselines/b/trials.jsonl': '',
    '.cache/test-results.json': '',
  }

  it('are runs, cassettes and baselines below the working directory, and the cache; no source, and no library', async () => {
    expect(await placesIn(folder(files))).toEqual(
      [
        'cache: .cache/baselines/b/trials.jsonl .cache/replies/a.index',
        'run: elsewhere/out/manifest.json elsewhere/out/trials.jsonl',
        'run: runs/s/r1/confirm/manifest.json runs/s/r1/confirm/trials.jsonl',
        'file: runs/s/index.html',
        'run: runs/s/r1/.trials.jsonl.tmp runs/s/r1/manifest.json runs/s/r1/report.html runs/s/r1/trials.jsonl',
        'baseline: suites/s/baseline.json',
        'run: suites/s/baseline/manifest.json suites/s/baseline/trials.jsonl',
        'cassette: suites/s/cassette/a--b.jsonl',
        'cassette: suites/s/cassette/x/graders.jsonl',
      ].toSorted(byFile),
    )
  })

  it('are records in the folders that are named, and files whatever they are', async () => {
    const cwd = folder(files)
    expect(await placesIn(cwd, ['suites', 'suites/s/suite.yaml', 'runs/s/r1/report.html'])).toEqual([
      'run: runs/s/r1/report.html',
      'baseline: suites/s/baseline.json',
      'run: suites/s/baseline/manifest.json suites/s/baseline/trials.jsonl',
      'cassette: suites/s/cassette/a--b.jsonl',
      'cassette: suites/s/cassette/x/graders.jsonl',
      'file: suites/s/suite.yaml',
    ])
    await expect(placesIn(cwd, ['none'])).rejects.toThrow('there is nothing at')
  })

  it('are runs on another disk, too', async () => {
    const other = folder(under('s/r', RUN))
    const cwd = folder({ 'package.json': '' })
    symlinkSync(other, path.join(cwd, 'runs'))
    expect(await placesIn(cwd)).toEqual(['run: runs/s/r/manifest.json runs/s/r/trials.jsonl'])
  })
})

function byFile(a: string, b: string): number {
  const [fileA = '', fileB = ''] = [a, b].map((place) => place.split(': ')[1]?.split(' ')[0])
  return fileA < fileB ? -1 : 1
}

describe('a baseline', () => {
  const content: Omit<Baseline, 'hash'> = {
    v: 1,
    suite: { name: 's', hash: '0'.repeat(32) },
    run: 'r',
    accepted: { at: '2026-05-04T10:00:00.000Z', reason: 'Ann Example said so' },
    margin: null,
    repeat: 1,
    versions: {},
    columns: [{ prompt: 'Ann Example', provider: 'flash', hash: 'a', promptHash: 'b', configHash: 'c' }],
    replies: true,
    cases: ['a', 'Ann Example'].map((id) => ({
      id,
      checksHash: 'd',
      scores: { 'Ann Example × flash': { pass: [1] } },
    })),
  }
  const scrubber = new Scrubber({
    builtIn: false,
    literals: literalRules([['name', 'Ann Example']]),
    known: {},
  })
  const at = new Date('2026-06-01T00:00:00.000Z')

  it('that something is taken out of is one still, with a note of it', async () => {
    const file = path.join(
      folder({ 'baseline.json': formatBaseline({ ...content, hash: hashOf({ ...content }) }) }),
      'baseline.json',
    )
    await purgeBaseline(file, scrubber, at)
    expect(readFileSync(file, 'utf8')).not.toContain('Ann')
    const { columns, cases, scrubbed } = await readBaseline(file)
    expect(scrubbed).toEqual([{ at: at.toISOString(), rules: ['name'], hits: 5 }])
    expect(columns).toMatchObject([{ prompt: '[redacted:name]' }])
    expect(cases).toHaveLength(2)
    for (const { id, scores } of cases) {
      expect(id).toMatch(/^a$|^[0-9a-f]{32}$/)
      expect(scores).toEqual({ '[redacted:name] × flash': { pass: [1] } })
    }
  })

  it('that was edited by hand is refused as before', async () => {
    const edited = formatBaseline({ ...content, hash: hashOf({ ...content }) }).replace(
      '"pass":[1]',
      '"pass":[0]',
    )
    const file = path.join(folder({ 'baseline.json': edited }), 'baseline.json')
    await purgeBaseline(file, scrubber, at)
    expect(readFileSync(file, 'utf8')).not.toContain('Ann')
    await expect(readBaseline(file)).rejects.toThrow('was edited by hand')
  })
})
