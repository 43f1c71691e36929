import type { JudgeStanding } from '../../harness/model/judge-standing.ts'
import type { Manifest } from '../../harness/model/run.ts'
import { coefficient } from './coefficient.ts'
import { count, counted } from './figures.ts'
import { limited, type Line, type Section, section } from './section.ts'

const CALIBRATIONS: Readonly<Record<JudgeStanding['calibration'], string>> = {
  current: 'calibrated',
  missing: 'never calibrated',
  stale: 'changed since it was calibrated',
  weak: 'agrees too little',
}

/** The judges of a run, and what each was known to be worth. */
export function judgesSection({ judges = [] }: Pick<Manifest, 'judges'>, limit: number): Section[] {
  return section('Judges', limited(judges.map(lineOf), limit, 'in manifest.json'))
}

/** `helpful: sonnet judge · calibrated on 68 answers, alpha 0.79 (0.61–0.87) · counts` */
function lineOf(judge: JudgeStanding): Line {
  const { metric, graders, calibration, counts } = judge
  const parts = [
    modelsOf(graders),
    `${CALIBRATIONS[calibration]}${measured(judge)}`,
    counts ? (calibration === 'current' ? 'counts' : 'counts all the same') : 'shown only',
  ]
  return {
    text: `${metric}: ${parts.join(' · ')}`,
    ...(calibration !== 'current' && { tone: 'warn' as const }),
  }
}

/** A panel may ask one model several times. */
function modelsOf(graders: readonly string[]): string {
  const times = new Map<string, number>()
  for (const grader of graders) times.set(grader, (times.get(grader) ?? 0) + 1)
  return [...times].map(([name, n]) => (n === 1 ? name : `${name} × ${count(n)}`)).join(', ')
}

function measured({ alpha, n, changed = [] }: JudgeStanding): string {
  const differs = changed.length === 0 ? '' : ` (${changed.join(', ')})`
  if (alpha === undefined || n === undefined) return differs
  return `${differs} on ${counted(n, 'answer')}, alpha ${coefficient(alpha)}`
}
