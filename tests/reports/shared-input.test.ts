import { describe, expect, it } from 'vitest'
import type { ReportInput } from '../../harness/model/report.ts'
import { replyHash } from '../../harness/model/review.ts'
import type { Trial } from '../../harness/model/trial.ts'
import { sharedInput } from '../../reports/format/shared-input.ts'
import { LEFT_OUT, withoutTexts } from '../../reports/format/without-texts.ts'
import { renderers } from '../../reports/renderers.ts'
import { comparedInput, makeComparison, verdictOn } from './make-comparison.ts'
import { makeManifest, text } from './make-input.ts'
import { ERRORED, PRIVATE, quoting, SHOWN, TRIALS } from './make-quoting.ts'
import { unpackPage } from './unpack-page.ts'

/** All that is in an input, its trials too. */
async function spelledOut(input: ReportInput): Promise<string> {
  const trials: Trial[] = []
  for (const run of [input.run, input.baseline])
    if (run !== undefined) for await (const trial of run.trials()) trials.push(trial)
  return JSON.stringify([input, input.run.manifest, input.baseline?.manifest, trials])
}

describe('a report that is shared', () => {
  it('has all that it is made of in it, before anything is left out', async () => {
    const { share: _share, ...whole } = quoting()
    const said = await spelledOut(whole)
    expect(said.split(PRIVATE).length).toBeGreaterThan(60)
    expect(sharedInput(whole)).toBe(whole)
  })

  it('is made of nothing that is said of a case that is not shown, and of all that is said of one that is', async () => {
    const said = await spelledOut(sharedInput(quoting()))
    expect(said).not.toContain(PRIVATE)
    // Short replies and variables are soon guessed from a digest.
    for (const digest of [replyHash(PRIVATE), replyHash({ said: `it says ${PRIVATE}` })])
      expect(said).not.toContain(digest)
    expect(said).toContain(JSON.stringify(TRIALS[0]))
    expect(said).toContain('noted Quokka')
  })

  it.each(Object.entries(renderers))('gives nothing away as %s', async (name, load) => {
    const renderer = await load()
    const read = name === 'html' ? unpackPage : (rendered: string) => rendered
    const whole = read(await text(renderer.render({ ...quoting(), share: undefined })))
    const shared = read(await text(renderer.render(sharedInput(quoting()))))
    expect(shared).not.toContain(PRIVATE)
    expect(shared).not.toMatch(/\b(?:undefined|NaN)\b|\[object /)
    if (!['json', 'github'].includes(name)) expect(whole).toContain(PRIVATE)
    if (['html', 'jsonl', 'junit'].includes(name)) expect(shared).toContain(SHOWN)
  })

  it('keeps every figure, and the names of cases, columns, checks, tags and files', async () => {
    const before = quoting()
    const after = sharedInput(before)
    expect(after.analysis.columns).toBe(before.analysis.columns)
    expect(after.analysis.cells).toBe(before.analysis.cells)
    expect(after.analysis.worst.map(({ caseId, source, failed }) => [caseId, source, failed])).toEqual(
      before.analysis.worst.map(({ caseId, source, failed }) => [caseId, source, failed]),
    )
    expect(after.analysis.errors).toEqual([{ message: LEFT_OUT, count: 1 }])
    expect(after.analysis.comparison?.changes).toEqual([
      {
        kind: 'prompt',
        what: 'The prompt x was edited: 1 word added.',
        column: { prompt: 'zero-shot', provider: 'flash' },
      },
      {
        kind: 'provider',
        what: `The config of flash has changed: ${LEFT_OUT}.`,
        column: { prompt: 'zero-shot', provider: 'flash' },
      },
    ])
    expect(after.verdict.decision).toBe(before.verdict.decision)
    expect(after.verdict.reasons.join(' ')).toContain(
      'acme: does not answer. 1 of 4 planned cells did not finish.',
    )
    expect(after.run.manifest.warnings).toEqual([`2 warnings of the run: ${LEFT_OUT}`])
  })
})

describe('a trial without its texts', () => {
  it('keeps outcome, scores, times, tokens, cost and kinds', () => {
    const [, closed] = TRIALS
    if (closed === undefined) throw new Error('no trial')
    const check = { type: 'equals', metric: 'tone', pass: false, score: 0, reason: LEFT_OUT, weight: 2 }
    const { cell, latencyMs, ttftMs, costUsd, feedback } = closed
    expect(withoutTexts(closed)).toEqual({
      v: 1,
      kind: 'trial',
      cell: {
        id: 'cell-closed',
        caseId: 'closed',
        prompt: 'zero-shot',
        provider: 'flash',
        repeat: 0,
        vars: {},
        metadata: { tags: ['critical'] },
        source: cell.source,
      },
      outcome: 'failed',
      score: 0,
      namedScores: { tone: 0 },
      output: LEFT_OUT,
      request: { prompt: LEFT_OUT },
      response: { finishReason: 'stop' },
      checks: [
        { ...check, members: [{ ...check, error: LEFT_OUT }] },
        { ...check, error: LEFT_OUT },
      ],
      checksHash: '',
      latencyMs,
      ttftMs,
      costUsd,
      attempts: [
        {
          failure: { kind: 'invalid', message: LEFT_OUT, status: 400 },
          timing: closed.attempts[0]?.timing,
          costUsd: 0.001,
          feedback: [LEFT_OUT, LEFT_OUT],
        },
        { ...closed.attempts[1], reply: { cached: undefined } },
      ],
      feedback,
      error: LEFT_OUT,
    })
  })

  it('that had no reply has none', () => {
    expect(withoutTexts(ERRORED).output).toBeUndefined()
  })
})

it('a verdict on an account that failed says so in our words', () => {
  const comparison = makeComparison()
  const input = { ...comparedInput(), verdict: verdictOn(comparison), share: {} }
  const manifest = makeManifest({
    incomplete: [{ cause: 'budget', cells: 3, message: 'The budget of $2 is used up.' }],
  })
  const shared = sharedInput({ ...input, run: { ...input.run, manifest } })
  expect(shared.run.manifest.incomplete?.[0]?.message).toBe('The budget of $2 is used up.')
})
