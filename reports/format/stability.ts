import type { Analysis } from '../../harness/model/analysis.ts'
import { columnName, type FlakyCase, type QuarantinedCase } from '../../harness/model/comparison.ts'
import { count, percent } from './figures.ts'
import { placeOf } from './flips.ts'
import { cut } from './plain.ts'
import { limited, type Line, type Section, section } from './section.ts'

/** The analysis lists so many flaky cases at most. */
const MOST_FLAKY = 200
const QUOTED = 220

/** Cases whose repeats disagree, and what repeats are worth. */
export function flakySection({ flaky = [], chances = [] }: Analysis, limit: number): Section[] {
  if (flaky.length === 0) return []
  const most = flaky.length >= MOST_FLAKY ? `${count(MOST_FLAKY)} or more` : count(flaky.length)
  const repeated = chances
    .filter(({ k }) => k > 1)
    .map(({ column, k, passAtK, passHatK }): Line => ({
      text: `${columnName(column)}: of ${count(k)} repeats one at least passes in ${percent(passAtK)} of cases, all in ${percent(passHatK)}`,
      tone: 'quiet',
    }))
  return section(`Flaky: repeats disagree (${most})`, [
    ...limited(flaky.map(flakyLine), limit, 'in analysis.json'),
    ...repeated.slice(0, limit),
  ])
}

/** Cases that are run and shown, but kept out of the gate. */
export function quarantineSection({ quarantined = [] }: Analysis, limit: number): Section[] {
  return section('Quarantine', limited(quarantined.map(quarantineLine), limit, 'in the suite'))
}

function flakyLine({ caseId, description, source, column, passed, of, quarantined }: FlakyCase): Line {
  const place = placeOf(source)
  const rate = of > 0 ? ` (${percent(passed / of)})` : ''
  return {
    ...(place !== undefined && { place }),
    text: `${cut(description ?? caseId, QUOTED)}: passed ${count(passed)} of ${count(of)}${rate} in ${columnName(column)}${quarantined === true ? ', quarantined' : ''}`,
  }
}

function quarantineLine({ caseId, until, reason, state }: QuarantinedCase): Line {
  const because = reason === undefined ? '.' : `: ${reason}`
  const end = until === undefined ? '' : ` until ${until}`
  if (state === 'active') return { text: `${caseId} is out of the gate${end}${because}` }
  const texts: Record<typeof state, string> = {
    expires_soon: `${caseId} is out of the gate${end}, which is soon${because}`,
    expired: `${caseId} gates again: its quarantine ended${until === undefined ? '' : ` on ${until}`}${because}`,
    unknown_case: `${caseId} is in quarantine, but no case has this id${because}`,
  }
  return { text: texts[state], tone: 'warn' }
}
