import { describe, expect, it } from 'vitest'
import type { Renderer, ReportInput } from '../../harness/model/report.ts'
import type { Trial } from '../../harness/model/trial.ts'
import { renderers } from '../../reports/renderers.ts'
import { makeErrored, makeTrial } from '../harness/analyze/make-trial.ts'
import { HOSTILE, hostileTrials, withHostileComparison } from '../reports/hostile.ts'
import { comparedInput, makeComparison } from '../reports/make-comparison.ts'
import { makeInput, makeManifest, text } from '../reports/make-input.ts'
import { staticPage } from '../reports/page-text.ts'
import { parseXml } from '../reports/parse-xml.ts'

const LOADED: Renderer[] = await Promise.all(Object.values(renderers).map(async (load) => load()))
const FOR_MACHINES = new Set(['json', 'jsonl'])
/** Lines that GitHub's runner shows as annotations: people read them, and it is a machine that must take them. */
const COMMAND = /^::(?:error|warning|notice) file=[^:,\n]+,line=\d+,title=[^:,\n]+::[^\n]+$/

/** What reads a format: it throws where the format is broken. */
const READERS: Record<string, (rendered: string) => unknown> = {
  junit: parseXml,
  json: (rendered) => JSON.parse(rendered),
  github: (rendered) => {
    for (const line of rendered.trimEnd().split('\n'))
      if (!COMMAND.test(line)) throw new Error(`no workflow command: ${line}`)
  },
  jsonl: (rendered) =>
    rendered
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line)),
}

function manyTrials(n: number): Trial[] {
  return Array.from({ length: n }, (_, i) => {
    const cell = {
      caseId: `c${i >> 1}`,
      prompt: i % 2 === 0 ? 'zero-shot' : 'few-shot',
      description: `mail ${i}`,
    }
    if (i % 101 === 0) return makeErrored('503', cell)
    return makeTrial({ cell, outcome: i % 7 === 0 ? 'failed' : 'passed', output: 'text '.repeat(40) })
  })
}

it('every renderer goes by the name it is listed under, and no two write the same file', () => {
  expect(LOADED.map(({ name }) => name)).toStrictEqual(Object.keys(renderers))
  const files = LOADED.flatMap(({ file }) => file ?? [])
  expect(new Set([...files, 'trials.jsonl', 'manifest.json', 'analysis.json', 'verdict.json']).size).toBe(
    files.length + 4,
  )
})

describe.each(LOADED)('the $name renderer', (renderer) => {
  const read = READERS[renderer.name] ?? ((rendered: string) => rendered)

  it('renders a run without trials, columns or gates', async () => {
    const rendered = await text(renderer.render(makeInput({ trials: [] })))
    expect(() => read(rendered)).not.toThrow()
  })

  it('renders a run that lacks every figure', async () => {
    const rendered = await text(renderer.render(sparseInput()))
    expect(() => read(rendered)).not.toThrow()
  })

  it.each([
    ['', hostileInput],
    [', those of a comparison too', () => withHostileComparison(hostileInput())],
  ])('stays readable when every text is hostile%s', async (_, input) => {
    const rendered = await text(renderer.render(input()))
    expect(() => read(rendered)).not.toThrow()
    expect(rendered.isWellFormed()).toBe(true)
  })

  it('renders a run with a comparison that has something of everything, and one that has nothing', async () => {
    const full = await text(renderer.render(comparedInput()))
    const bare = await text(renderer.render(bareComparison()))
    expect(() => [full, bare].map(read)).not.toThrow()
  })

  it('renders the same whatever the width and colour of a terminal, unless it is for one', async () => {
    const input = makeInput({ trials: manyTrials(20) })
    const plain = await text(renderer.render(input))
    const terminal = await text(renderer.render({ ...input, terminal: { columns: 60, color: true } }))
    expect(terminal === plain).toBe(renderer.name !== 'default')
  })

  it('takes 10,000 trials in chunks, without asking for all of them first', async () => {
    const input = makeInput({ trials: manyTrials(10_000) })
    let taken = 0
    const run = {
      ...input.run,
      async *trials() {
        for await (const trial of input.run.trials()) {
          taken++
          yield trial
        }
      },
    }
    let length = 0
    let first = 0
    for await (const chunk of renderer.render({ ...input, run })) {
      if (length === 0) first = taken
      length += chunk.length
      expect(chunk.length).toBeLessThan(200_000)
    }
    expect(first).toBeLessThan(5_000)
    expect(length).toBeLessThan(30_000_000)
  })
})

describe.each(LOADED.filter(({ name }) => !FOR_MACHINES.has(name)))(
  'the $name renderer, for people',
  (renderer) => {
    it('writes nothing that a person would take for a defect', async () => {
      const empty = await text(renderer.render(makeInput({ trials: [] })))
      const sparse = await text(renderer.render(sparseInput()))
      const full = await text(renderer.render(comparedInput()))
      const bare = await text(renderer.render(bareComparison()))
      expect(empty).not.toBe('')
      const seen = [empty, sparse, full, bare].map(staticPage).join('')
      expect(seen).not.toMatch(/\b(?:NaN|undefined|null|Infinity)\b|\[object /)
    })

    it('names what decided: the regression, and the case that broke', async () => {
      const rendered = await text(renderer.render(comparedInput()))
      expect(rendered).toContain('regression')
      expect(rendered).toContain('−8.0')
      expect(rendered).toMatch(/Sarcastic praise[^]*BROKEN, confirmed: run again, 5\/5 → 0\/5/)
    })

    it('lets no escape sequence through, nor marks that reorder text', async () => {
      const rendered = await text(renderer.render(withHostileComparison(hostileInput())))
      expect(rendered).not.toMatch(/[^\P{Cc}\n\t]|\p{Bidi_Control}/u)
    })
  },
)

function sparseInput(): ReportInput {
  const sparse = { latencyMs: null, costUsd: 'unknown', attempts: [], score: null } as const
  const trials = [
    makeErrored('down'),
    makeTrial({ ...sparse, outcome: 'failed', output: undefined }),
    makeTrial({ cell: { prompt: 'few-shot' }, outcome: 'failed', output: '' }),
  ]
  const floors = { pass: 0.8, accuracy: 0.5 }
  const gate = { floors, mustPass: { tag: 'none' }, latency: { p95Ms: 1 }, cost: { usdPerCase: 1 } }
  return makeInput({ trials, planned: 5, settings: { gate } })
}

/** What is left where nothing could be compared. */
function bareComparison(): ReportInput {
  const lists = { metrics: [], uncompared: [], latency: [], cost: [], flips: [], broken: [], slices: [] }
  const {
    drift: _drift,
    sequential: _sequential,
    ...comparison
  } = makeComparison({
    ...lists,
    changes: [],
    why: [],
    warnings: [],
    flipCounts: { worse: 0, better: 0 },
    margin: null,
  })
  const input = makeInput({ trials: [makeTrial()] })
  return { ...input, analysis: { ...input.analysis, comparison } }
}

function hostileInput(): ReportInput {
  const input = makeInput({
    trials: hostileTrials(),
    settings: {
      gate: { floors: { [HOSTILE]: 0.9, pass: 0.5 }, mustPass: { tag: HOSTILE } },
      maxErrorRate: 1,
    },
  })
  const manifest = makeManifest({
    suite: { name: HOSTILE, file: HOSTILE, hash: 'abc', description: HOSTILE },
    providers: [{ key: 'm', id: 'm', account: 'm', notice: HOSTILE }],
    command: [HOSTILE],
    warnings: [HOSTILE],
    repeat: 2,
  })
  return { ...input, run: { ...input.run, dir: HOSTILE, manifest } }
}
