import { describe, expect, it } from 'vitest'
import { makeErrored, makeTrial, makeUntrusted } from '../../../../harness/analyze/make-trial.ts'
import { comparedInput } from '../../../make-comparison.ts'
import { makeInput, makeManifest } from '../../../make-input.ts'
import { measuredInput } from '../../../make-measures.ts'
import { all, bodyOf, byId, firstOf, textOf } from './body.ts'
import { makeHistory } from './history.ts'

const figuresOf = (input: Parameters<typeof bodyOf>[0]) => byId(bodyOf(input).root, 'figures')

describe('the figures', () => {
  it('compare every metric of every column, with what they are compared with and how', () => {
    const section = figuresOf(comparedInput())
    const rows = all(section, 'tr').map(textOf)
    expect(rows).toContainEqual(
      'few-shot × sonnetpass81.4% → 73.4%−8.0−14.1 to −2.00.008156 cases × 3regression',
    )
    expect(rows).toContainEqual(expect.stringContaining('few-shot × flashagainst few-shot × flash-001pass'))
    expect(textOf(section)).toContain(
      '12 shared cases changed since: the baseline’s replies to 10 were checked again, 2 left out.',
    )
    expect(textOf(section)).toContain('few-shot × sonnet, tone: its scores lie outside 0 to 1.')
  })

  it('tell latency and cost against the baseline, drift, what stopping early saved, quarantine, flake and ranking', () => {
    const text = textOf(figuresOf(comparedInput()))
    expect(text).toContain('few-shot × sonnet: latency 1.12× (1.02 to 1.23) over 150 cases, limit 1.20×')
    expect(text).toContain('few-shot × sonnet: cost 1.30×')
    expect(text).toContain('few-shot × sonnet, pass: the model moved by −3.0 points')
    expect(text).toContain('Decided after 89 of 200 cases: 333 calls saved.')
    expect(text).toContain('c-17 is out of the gate until 2027-01-31: label disputed')
    expect(text).toContain('Irony: passed 2 of 3 (66.7%) in few-shot × sonnet')
    expect(text).toContain(
      'pass: few-shot × sonnet 88.0% [a] ≈ few-shot × flash 86.0% [ab] ≈ zero-shot × sonnet 84.0% [b]',
    )
  })

  it('mark latency that is not to be trusted, and say why', () => {
    const text = textOf(figuresOf(makeInput({ trials: [makeUntrusted()] })))
    expect(text).toContain('~200 ms')
    expect(text).toContain('~ is latency as the provider shows it')
    expect(textOf(figuresOf(makeInput({ trials: [makeTrial({ latencyMs: 200 })] })))).not.toContain('~')
  })

  it('list the judges of the run; the verdict tells of one that is not calibrated', () => {
    const judge = { metric: 'tone <b>', hash: 'h', graders: ['sonnet'], calibration: 'missing' } as const
    const input = makeInput({ trials: [makeTrial()], manifest: { judges: [{ ...judge, counts: true }] } })
    const section = figuresOf(input)
    expect(all(section, 'h3').map(textOf)).toContain('Judges')
    expect(all(section, 'li').map(textOf)).toContain(
      '▲ tone <b>: sonnet · never calibrated · counts all the same',
    )
    expect(textOf(bodyOf(input).root)).toContain(
      'The judge `tone <b>` was never compared with people’s labels, and gates all the same',
    )
  })

  it('have a table for each check that saw more than scores, and fold what it breaks down to', () => {
    const section = figuresOf(measuredInput())
    const table = firstOf(all(section, 'table').filter((one) => textOf(one).startsWith('tone <b>')))
    expect(all(table, 'tr').map(textOf)).toEqual([
      'promptmodelmacro-F1worst-depth gapmean stepscost per solved task',
      'zero-shotflash71.2% (65.2–75.9%)−8.0 points (−14.1 to −2.0)3.25 (3 to 3.5)–',
    ])
    expect(all(section, 'summary').map(textOf)).toContain('tone <b> in zero-shot × flash')
    const confusion = firstOf(
      all(section, 'table').filter((one) => textOf(one).startsWith('Expected by predicted label')),
    )
    expect(all(confusion, 'tr').map(textOf)).toEqual([
      'expectedgoodno label',
      'good120',
      '<img src=x onerror=alert(1)>–3',
    ])
    expect(all(section, 'img')).toEqual([])
  })

  it('fold a list that is long', () => {
    const { analysis } = comparedInput()
    const [flaky] = analysis.flaky ?? []
    if (flaky === undefined) throw new Error('no case is flaky')
    const many = Array.from({ length: 40 }, (_, i) => Object.assign({}, flaky, { caseId: `mail-${i}` }))
    const section = figuresOf({ ...comparedInput(), analysis: { ...analysis, flaky: many } })
    expect(all(section, 'summary').map(textOf)).toContain('33 more lines')
  })

  it('have a column for each metric up to forty, and say how many there are besides', () => {
    const namedScores = Object.fromEntries(Array.from({ length: 45 }, (_, i) => [`metric-${i}`, i / 45]))
    const section = figuresOf(makeInput({ trials: [makeTrial({ namedScores })] }))
    const table = firstOf(
      all(section, 'table').filter((one) => textOf(one).startsWith('Mean of each metric')),
    )
    expect(all(table, 'th').filter(({ attributes }) => attributes['scope'] === 'col')).toHaveLength(41)
    expect(textOf(section)).toContain('… and 5 more metrics in analysis.json.')
  })

  it('list errors with their counts', () => {
    const trials = [
      makeErrored('503'),
      makeErrored('503', { repeat: 1 }),
      makeErrored('timeout', { repeat: 2 }),
    ]
    const text = textOf(figuresOf(makeInput({ trials })))
    expect(text).toContain('2 × 503')
    expect(text).toContain('1 × timeout')
  })
})

describe('the history', () => {
  it('tells every lasting change as a sentence, draws each measure, and has the runs behind it, latest first', () => {
    const history = makeHistory(12, {
      shifts: [
        {
          column: { prompt: 'few-shot', provider: 'sonnet' },
          measure: 'latency',
          at: 'earlier-6',
          before: 800,
          after: 1200,
          runs: { before: 6, after: 6 },
          p: 0.002,
          method: 'pettitt',
          explained: false,
        },
      ],
    })
    const section = byId(bodyOf({ ...comparedInput(), history }).root, 'history')
    expect(textOf(section)).toContain(
      '▲ few-shot × sonnet: latency rose from 800 ms to 1.20 s with run earlier-6',
    )
    expect(all(section, 'svg')).toHaveLength(4)
    const runs = all(section, 'tr')
      .map(textOf)
      .filter((row) => /earlier|run-1/.test(row))
    expect(runs[0]).toContain('run-1this run')
    expect(runs.at(-1)).toContain('✗ BLOCK')
    expect(runs).toHaveLength(12)
  })

  it('says that there are too few runs to tell, and is left out where no history is known', () => {
    const section = byId(bodyOf({ ...comparedInput(), history: makeHistory(2) }).root, 'history')
    expect(textOf(section)).toContain('Too few runs to tell drift')
    expect(() => byId(bodyOf(comparedInput()).root, 'history')).toThrow('nothing has the id history')
  })
})

describe('the provenance', () => {
  it('has what it takes to run it again: command, suite, commit, seed, versions, price table, machine', () => {
    const manifest = makeManifest({
      command: ['assay', 'run', 'suites/my suite.yaml', '--filter', "it's"],
      git: { commit: '0123456789abcdef0123', dirty: true, branch: 'main' },
      seed: 7,
      versions: { assay: '0.1.0', prices: 'genai-prices 0.1.8' },
      warnings: ['the process was too busy'],
      resumed: [{ at: '2026-11-23T11:00:00.000Z', command: ['assay', 'resume', 'last'] }],
      scrubbed: [{ at: '2026-11-23T12:00:00.000Z', rules: ['keys'], hits: 2 }],
      files: { 'suites/my suite.yaml': 'abcdef' },
    })
    const input = makeInput({ trials: [makeTrial()], manifest })
    const text = textOf(byId(bodyOf(input).root, 'provenance'))
    expect(text).toContain(`assay run 'suites/my suite.yaml' --filter 'it'\\''s'`)
    expect(text).toContain('0123456789abcdef0123 on main, with uncommitted changes')
    expect(text).toContain('seed7')
    expect(text).toContain('price tablegenai-prices 0.1.8')
    expect(text).toContain('▲ the process was too busy')
    expect(text).toContain('2026-11-23 11:00 UTC: assay resume last')
    expect(text).toContain('2 secrets taken out, by keys')
    expect(text).toContain('started 2026-11-23 10:00 UTC, took 42.0 s')
    expect(text).toContain('abcdef')
  })
})
