import { describe, expect, it } from 'vitest'
import type { Decision } from '../../../../../harness/model/verdict.ts'
import { makeTrial } from '../../../../harness/analyze/make-trial.ts'
import { comparedInput, makeComparison } from '../../../make-comparison.ts'
import { makeInput } from '../../../make-input.ts'
import { all, bodyOf, byClass, byId, firstOf, textOf } from './body.ts'

const verdictOf = (input: Parameters<typeof bodyOf>[0]) => byId(bodyOf(input).root, 'verdict')
const wordOf = (input: Parameters<typeof bodyOf>[0]) => textOf(byId(bodyOf(input).root, 'verdict-word'))
const commandsOf = (input: Parameters<typeof bodyOf>[0]) =>
  all(verdictOf(input), 'code').flatMap(({ attributes }) => attributes['data-copy'] ?? [])

describe('the first screen', () => {
  it.each<[Decision, 0 | 1 | 3 | 4, string, string]>([
    ['pass', 0, 'PASS', 'good'],
    ['warn', 0, 'WARN', 'warn'],
    ['block', 1, 'BLOCK', 'bad'],
    ['invalid', 3, 'INVALID', 'bad'],
    ['no_baseline', 0, 'NO BASELINE', 'quiet'],
    ['warn', 4, 'INCONCLUSIVE', 'warn'],
  ])('says %s (exit %i) by word, colour and a shape of its own', (decision, exitCode, word, tone) => {
    const { root } = bodyOf(comparedInput({}, { decision, exitCode, inconclusive: false }))
    expect(textOf(byId(root, 'verdict-word'))).toBe(`Verdict: ${word}`)
    expect(byClass(root, `said ${tone}`)).toHaveLength(1)
  })

  it('has no two decisions of one shape', () => {
    const shapes = (['pass', 'warn', 'block', 'invalid', 'no_baseline'] as const).map((decision) => {
      const shape = firstOf(byClass(bodyOf(comparedInput({}, { decision })).root, 'shape'))
      return all(shape, 'path')
        .map(({ attributes }) => attributes['d'])
        .join()
    })
    expect(new Set(shapes).size).toBe(5)
  })

  it('says beside a pass that it is not proven where the comparison is inconclusive', () => {
    expect(wordOf(comparedInput({}, { decision: 'pass', exitCode: 0, inconclusive: true }))).toContain(
      'PASS not proven',
    )
    expect(wordOf(comparedInput({}, { decision: 'pass', exitCode: 0, inconclusive: false }))).not.toContain(
      'not proven',
    )
  })

  it('tells why first, then further reasons, the baseline, its age and who accepted it, and over how much', () => {
    const text = textOf(verdictOf(comparedInput({}, { reasons: ['It got worse.', 'And dearer.'] })))
    expect(text.indexOf('It got worse.')).toBeLessThan(text.indexOf('And dearer.'))
    expect(text).toContain('suites/sentiment/baseline.json')
    expect(text).toContain('accepted 2026-11-20 by Ann Example, 2 days before · commit 0123456789ab')
    expect(text).toContain('Accepted because: first release')
    expect(text).toContain(
      '156 cases shared (2 only in this run, 4 only in the baseline) · 3 repeats · margin 5 points',
    )
  })

  it('names who accepted the baseline without the address', () => {
    const { baseline } = makeComparison()
    const by = 'Ann Example <ann@example.org>'
    const text = textOf(verdictOf(comparedInput({ baseline: { ...baseline, by } })))
    expect(text).toContain('accepted 2026-11-20 by Ann Example, 2 days before')
    expect(text).not.toContain('ann@')
  })

  it('says that the run itself has warnings, and where', () => {
    const input = comparedInput()
    const manifest = { ...input.run.manifest, warnings: ['too busy', 'no price'] }
    const warned = verdictOf({ ...input, run: { ...input.run, manifest } })
    expect(textOf(warned)).toContain('▲ 2 warnings, under Provenance')
    expect(textOf(verdictOf(input))).not.toContain('under Provenance')
  })

  it('warns of another judge, model, dataset or price table, and of what the comparison warns of', () => {
    const changes = [
      { kind: 'graders', what: 'The grader judge is another one.' },
      { kind: 'prices', what: 'The price table is another one.' },
    ] as const
    const text = textOf(verdictOf(comparedInput({ changes, warnings: ['The baseline is 40 days old.'] })))
    expect(text).toContain('▲ The grader judge is another one.')
    expect(text).toContain('▲ The price table is another one.')
    expect(text).toContain('▲ The baseline is 40 days old.')
  })

  it('gives quality, latency and cost of the columns that gate, each with its interval', () => {
    const rows = all(verdictOf(comparedInput()), 'tr').map(textOf)
    expect(rows).toContainEqual('pass few-shot × sonnet81.4% → 73.4%−8.0 points−14.1 to −2.0regression')
    expect(rows).toContainEqual('latency few-shot × sonnetp50 840 ms → 941 ms1.12×1.02 to 1.23within 1.20×')
    expect(rows).toContainEqual('cost a case few-shot × sonnet$0.00210 → $0.002731.30×1.02 to 1.23over 1.20×')
    expect(rows.join()).not.toContain('zero-shot')
  })

  it('gives the columns where there is nothing to compare with, the gating one first', () => {
    const trials = ['a', 'b'].map((prompt) =>
      makeTrial({ cell: { prompt }, outcome: prompt === 'a' ? 'failed' : 'passed', score: 0 }),
    )
    const settings = { gate: { ship: [{ prompt: 'a', provider: 'flash' }], floors: { pass: 0.5 } } }
    const rows = all(verdictOf(makeInput({ trials, settings })), 'tr').map(textOf)
    expect(rows[1]).toMatch(/^gates a × flash0\.0%/)
    expect(rows[2]).toMatch(/^ ?b × flash100\.0%/)
  })

  it('says first of a run that lacks cells that it does, and gives the command that finishes it', () => {
    const input = makeInput({ trials: [makeTrial()], planned: 300, manifest: { interrupted: true } })
    expect(wordOf(input)).toBe('Verdict: INTERRUPTED: the figures are of 1 of 300 cells')
    expect(commandsOf(input)).toStrictEqual(['assay resume runs/sentiment/run-1'])
  })

  it('says of a run without an end that it may still be going on', () => {
    const input = makeInput({ trials: [makeTrial()], planned: 3 })
    const { endedAt: _endedAt, ...manifest } = input.run.manifest
    expect(textOf(verdictOf({ ...input, run: { ...input.run, manifest } }))).toContain(
      'The record has no end yet',
    )
    expect(textOf(verdictOf(input))).not.toContain('The record has no end yet')
  })

  it('prints notices', () => {
    const providers = [{ key: 'f', id: 'f', account: 'f', notice: 'simulated' }]
    const { root } = bodyOf(makeInput({ trials: [makeTrial()], manifest: { providers } }))
    expect(byClass(root, 'notice').map(textOf)).toStrictEqual(['f: simulated.'])
  })

  it('says of a shared copy what was left out', () => {
    const text = (cases?: string[]) => textOf(bodyOf({ ...comparedInput(), share: { cases } }).root)
    expect(text(['mail-7'])).toContain('prompts and replies are left out, except those of 1 case: mail-7.')
    expect(text([])).toContain('prompts and replies are left out, all of them.')
    expect(textOf(bodyOf(comparedInput()).root)).not.toContain('left out,')
  })

  it('names the columns where one of the run is compared with another, and no baseline', () => {
    const column = { prompt: 'few-shot', provider: 'sonnet' }
    const against = { prompt: 'zero-shot', provider: 'sonnet' }
    const { baseline, pairing } = makeComparison()
    const input = comparedInput({
      baseline: { ...baseline, kind: 'run', runId: 'run-1', name: 'run-1' },
      pairing: { ...pairing, columns: [{ column, against, by: 'against' }] },
    })
    const text = textOf(verdictOf(input))
    expect(text).toContain('few-shot × sonnet with zero-shot × sonnet, a column of this run')
    expect(text).toContain('other column → column')
    expect(text).not.toContain('accepted')
  })
})
