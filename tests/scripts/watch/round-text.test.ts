import { describe, expect, it } from 'vitest'
import { readOutcomes, type RoundFlip } from '../../../scripts/watch/outcomes.ts'
import { roundText, type RoundSummary } from '../../../scripts/watch/round-text.ts'
import { makeErrored, makeTrial } from '../../harness/analyze/make-trial.ts'
import type { Trial } from '../../../harness/model/trial.ts'
import { HOSTILE } from '../../reports/hostile.ts'

async function* listed(trials: readonly Trial[]): AsyncIterable<Trial> {
  yield* trials
}

const trialOf = (caseId: string, outcome: 'passed' | 'failed', repeat = 0): Trial =>
  makeTrial({ cell: { caseId, repeat, description: `case ${caseId}` }, outcome, reason: 'it says no' })

describe('the outcomes of a round', () => {
  it('are flips where a case came out otherwise than in the round before', async () => {
    const before = await readOutcomes(
      listed([
        trialOf('a', 'passed'),
        trialOf('b', 'failed'),
        trialOf('c', 'passed'),
        trialOf('gone', 'passed'),
      ]),
      new Map(),
    )
    expect(before.flips).toStrictEqual([])
    const { flips } = await readOutcomes(
      listed([
        trialOf('a', 'failed'),
        trialOf('b', 'passed'),
        makeErrored('503', { caseId: 'c' }),
        trialOf('new', 'failed'),
      ]),
      before.outcomes,
    )
    expect(flips.map(({ before: was, after, name, why }) => [was, after, name, why])).toStrictEqual([
      ['passed', 'failed', 'case a', 'it says no'],
      ['failed', 'passed', 'case b', undefined],
      ['passed', 'errored', expect.any(String), expect.stringContaining('503')],
    ])
  })

  it('of a case with repeats are its worst that was scored, in whatever order they finished', async () => {
    const both = [
      trialOf('a', 'passed', 0),
      trialOf('a', 'failed', 1),
      makeErrored('503', { caseId: 'a', repeat: 2 }),
    ]
    for (const trials of [both, both.toReversed()]) {
      const { outcomes } = await readOutcomes(listed(trials), new Map())
      expect([...outcomes.values()]).toStrictEqual(['failed'])
      const { flips } = await readOutcomes(
        listed(trials),
        new Map([...outcomes].map(([key]) => [key, 'failed'])),
      )
      expect(flips).toStrictEqual([])
    }
  })
})

describe('the line of a round', () => {
  const summary = (parts: Partial<RoundSummary>): RoundSummary => ({
    number: 2,
    changed: [],
    cells: { called: 0, cached: 0, rechecked: 0, kept: 0, absent: 0 },
    word: 'PASS',
    before: 'PASS',
    spentUsd: 0,
    spentInAllUsd: 0,
    flips: [],
    ...parts,
  })
  const io = { terminal: { columns: 120, color: false } }

  it('says what was saved, what became of the cells, the decision and the spend', () => {
    const cells = { called: 10, cached: 2, rechecked: 3, kept: 1_200, absent: 1 }
    expect(
      roundText(summary({ changed: ['a.txt'], cells, before: 'BLOCK', spentUsd: 0.5, spentInAllUsd: 2 }), io),
    ).toBe(
      'round 2 · a.txt · 10 cells called, 2 from the cache, 3 checked again, 1,200 kept, 1 absent · BLOCK → PASS · $0.500\n  spent, $2.00 in all\n',
    )
    expect(roundText(summary({}), io)).toBe('round 2 · no cells · PASS · $0 spent\n')
  })

  it('names the first few files, and of many flips the worst', () => {
    const flip = (after: RoundFlip['after'], name: string): RoundFlip => ({
      before: 'passed',
      after,
      name,
      column: 'p × m',
      source: { file: 's.yaml', line: 3 },
    })
    const flips = [
      ...Array.from({ length: 20 }, (_, i) => flip('passed', `better ${i}`)),
      flip('failed', 'worse'),
    ]
    const lines = roundText(summary({ changed: ['a', 'b', 'c', 'd', 'e'], flips }), io).split('\n')
    expect(lines[0]).toContain('a, b, c and 2 more')
    expect(lines[1]).toBe('  ✗ now fails  s.yaml:3  worse in p × m')
    expect(lines.at(-2)).toBe('  … and 9 more, in the report.')
  })

  it('lets no control character out', () => {
    const flips: RoundFlip[] = [
      {
        before: 'passed',
        after: 'failed',
        name: HOSTILE,
        column: HOSTILE,
        source: { file: HOSTILE, line: 1 },
        why: HOSTILE,
      },
    ]
    expect(roundText(summary({ changed: [HOSTILE], flips }), io)).not.toMatch(/\p{Cc}(?<!\n)|\u202E/u)
  })
})
