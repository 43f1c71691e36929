import { describe, expect, it } from 'vitest'
import { levelShifts, lookedAt } from '../../harness/history/level-shifts.ts'
import type { History, HistoryEntry } from '../../harness/model/history.ts'
import { historyText } from '../../reports/history/text.ts'
import { makeColumn, makeEntry, runId } from '../harness/history/make-runs.ts'
import { HOSTILE } from './hostile.ts'

function text(
  runs: readonly HistoryEntry[],
  parts: Partial<History> = {},
  width = 120,
  limit?: number,
): string {
  const history = {
    suite: 'sentiment',
    runs,
    shifts: levelShifts(runs),
    looked: lookedAt(runs),
    unread: [],
    ...parts,
  }
  return historyText(history, { width, color: false, limit })
}

const STEP = Array.from({ length: 21 }, (_, i) => makeEntry(i, { latency: (i < 12 ? 30 : 55) + (i % 3) }))

describe('a history on a terminal', () => {
  it('lists runs with their verdict, columns with their trend, and what drifted', () => {
    const lines = text(STEP).split('\n')
    expect(lines[0]).toBe('sentiment  21 runs')
    expect(lines[2]).toMatch(
      new RegExp(`^  2026-01-01 00:00  ✓ PASS   ${runId(0)} +80\\.0%  –  +\\$0\\.0100$`),
    )
    expect(lines.find((line) => line.startsWith('  few-shot × sonnet'))).toMatch(
      /80\.0% {2}-{12} +57 ms {2}[_.]{3}'{9} +\$0\.00100/,
    )
    const drift = lines.slice(lines.indexOf('Drift') + 1).join(' ')
    expect(drift).toContain(`few-shot × sonnet: latency rose from 31 ms to 56 ms with run ${runId(12)}`)
    expect(drift.replaceAll(/\s+/g, ' ')).toContain('The prompt and the model’s settings did not change.')
  })

  it('says how many runs are wanting to tell drift', () => {
    expect(text(STEP.slice(0, 3))).toContain('Too few runs to tell drift: 3 of 8')
    const replayed = STEP.map((run) => ({ ...run, columns: [makeColumn({ replayed: 10 })] }))
    expect(text(replayed)).toContain('Too few runs to tell drift: 0 of 8')
    expect(text(STEP.slice(0, 10))).toContain('No lasting change of level in 10 runs')
  })

  it('lists the newest runs alone when asked, and goes by all', () => {
    const shown = text(STEP, {}, 120, 2)
    expect(shown).toContain('… and 19 older runs.')
    expect(shown).not.toContain(`${runId(18)} `)
    expect(shown).toContain('Drift')
  })

  it('marks runs that are in no trend, and names folders that could not be read', () => {
    const shown = text([makeEntry(1), makeEntry(2, {}, { isWhole: false })], {
      unread: ['x holds no manifest.json.'],
    })
    expect(shown).toContain('2 runs · 1 of the whole suite')
    expect(shown).toMatch(new RegExp(`${runId(2)}.* in no trend\n`))
    expect(shown).toContain('Not among them\n  x holds no manifest.json.')
  })

  it('fits 70 columns by leaving out what matters least', () => {
    for (const line of text(STEP, {}, 70).split('\n')) expect(line.length).toBeLessThanOrEqual(70)
    expect(text(STEP, {}, 70)).toContain('✓ PASS')
    expect(text(STEP, {}, 70)).not.toContain('spent')
  })

  it('sends no control character of a name to the terminal', () => {
    const runs = [makeEntry(1, { prompt: HOSTILE }, { id: HOSTILE, commit: HOSTILE })]
    const shown = text(runs, { suite: HOSTILE, unread: [HOSTILE] })
    expect(shown).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}/u)
  })

  it('has something to say of no run at all', () => {
    expect(text([])).toBe('sentiment  0 runs\n')
  })
})
