import { describe, expect, it } from 'vitest'
import type { Candidate } from '../../../harness/baseline/refusals.ts'
import { refusalsOf } from '../../../harness/baseline/refusals.ts'
import type { Analysis } from '../../../harness/model/analysis.ts'
import type { Manifest } from '../../../harness/model/run.ts'
import type { SelectionRecord } from '../../../harness/model/run-options.ts'
import type { Verdict } from '../../../harness/model/verdict.ts'
import { makeManifest } from '../../../harness/record/manifest.ts'
import { MANIFEST_INPUT } from '../record/make-manifest-input.ts'

function candidate(
  manifest: Partial<Manifest> = {},
  decision: Verdict['decision'] = 'pass',
  absent = 0,
): Candidate {
  const analysis: Analysis = {
    v: 1,
    runId: 'r',
    cells: { planned: 60, finished: 60 - absent, absent, passed: 50, failed: 10 - absent, errored: 0 },
    columns: [],
    worst: [],
    spentUsd: 0,
    calls: { made: 0, replayed: 0, retried: 0 },
    errors: [],
  }
  return {
    manifest: { ...makeManifest(MANIFEST_INPUT), endedAt: '2026-01-31T15:00:00.000Z', ...manifest },
    analysis,
    verdict: { v: 1, decision, exitCode: 0, gates: [], reasons: ['Accuracy fell.'] },
  }
}

const asked = (selection: SelectionRecord): Partial<Manifest> => ({ options: { selection } })

describe('refusalsOf', () => {
  it.each(['pass', 'warn', 'no_baseline'] as const)(
    'has nothing against a whole run that came to `%s`',
    (decision) => {
      expect(refusalsOf(candidate(asked({}), decision))).toEqual([])
      expect(refusalsOf(candidate(asked({ repeat: 5 }), decision))).toEqual([])
    },
  )

  it.each([
    ['a run whose gate failed', candidate({}, 'block'), 'Its gate failed. Accuracy fell.'],
    ['an invalid one', candidate({}, 'invalid'), 'Its verdict is "invalid". Accuracy fell.'],
    [
      'one that lacks cells',
      candidate({}, 'pass', 4),
      'The run was cut short. 4 of 60 planned cells did not finish.',
    ],
    [
      'one whose budget was used up',
      candidate(
        { incomplete: [{ cause: 'budget', cells: 7, message: 'The budget is used up.' }] },
        'pass',
        7,
      ),
      'The budget is used up. 7 of 60 planned cells did not finish.',
    ],
    ['one that was interrupted', candidate({ interrupted: true }), 'The run was interrupted.'],
    [
      'a filtered one',
      candidate(asked({ filter: { source: 'refund', flags: 'i' } })),
      'It ran part of the suite only (--filter refund).',
    ],
    [
      'a sample',
      candidate(asked({ sample: { n: 20, seed: 1 }, tags: ['a', 'b'] })),
      'It ran part of the suite only (--tag a b, --sample 20).',
    ],
    [
      'one of the failed cells',
      candidate(asked({ cellIds: ['x', 'y'] })),
      'It ran part of the suite only (2 chosen cells).',
    ],
    [
      'one of a single column',
      candidate(asked({ prompts: ['p'], providers: ['q'] })),
      'It ran part of the suite only (--provider q, --prompt p).',
    ],
    [
      'a run of reruns',
      candidate({ child: 'confirm', parent: 'r-1' }),
      'It is part of run r-1 (confirm): that one is to be accepted.',
    ],
    [
      'a second look at the replies of a filtered run',
      {
        ...candidate({ verifies: 'r-1' }),
        verified: { ...makeManifest(MANIFEST_INPUT), ...asked({ sample: { n: 5, seed: 1 } }) },
      },
      'It ran part of the suite only (--sample 5).',
    ],
    [
      'one that was never analyzed',
      { manifest: { ...makeManifest(MANIFEST_INPUT), endedAt: '2026-01-31T15:00:00.000Z' } },
      'It did not come to its end, or is still being written.',
    ],
    [
      'one that is still being written',
      { ...candidate(), manifest: makeManifest(MANIFEST_INPUT) },
      'It did not come to its end, or is still being written.',
    ],
  ])('refuses %s', (_, refused, reason) => {
    expect(refusalsOf(refused)).toEqual([reason])
  })

  it('takes a second look at the replies of a whole run', () => {
    const verified = { ...makeManifest(MANIFEST_INPUT), ...asked({}) }
    expect(refusalsOf({ ...candidate({ verifies: 'r-1' }), verified })).toEqual([])
  })

  it('says everything that is against a run at once', () => {
    expect(refusalsOf(candidate(asked({ sample: { n: 5, seed: 1 } }), 'block', 3))).toHaveLength(3)
  })
})
