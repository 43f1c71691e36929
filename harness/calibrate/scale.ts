import type { Instrument } from '../model/custom-check.ts'
import { HarnessError } from '../model/errors.ts'
import type { CheckResult } from '../model/trial.ts'
import { codeFrame } from '../suite/config/fail.ts'
import type { LabelledAnswer } from './labels.ts'

/** What labels and verdicts are compared on. */
export interface Scale {
  /** Worst first. */
  readonly labels: readonly string[]
  /** Place of a person's label; undefined for one that is none. */
  place(label: string): number | undefined
  /** Place of the judge's verdict. */
  verdict(result: CheckResult): number
}

const PASSED = new Map([
  ['failed', 0],
  ['fail', 0],
  ['passed', 1],
  ['pass', 1],
])
const ALIASES = new Map([
  ['won', 'win'],
  ['lost', 'loss'],
  ['tied', 'tie'],
])

/** People's labels are levels of the judge's scale, or say of all answers whether they pass. */
export function scaleFor({ scale }: Instrument, rows: readonly LabelledAnswer[]): Scale {
  const isPassed = rows.every(({ label }) => PASSED.has(label.toLowerCase()))
  return scale === undefined || isPassed ? passing : levelled(scale)
}

/** @throws HarnessError `suite` for the first label that the judge cannot give */
export function refuseUnknown(scale: Scale, rows: readonly LabelledAnswer[], metric: string): void {
  const stranger = rows.find(({ label }) => scale.place(label) === undefined)
  if (stranger === undefined) return
  const { label, at } = stranger
  const others = rows.filter((row) => scale.place(row.label) === undefined).length - 1
  const more = others === 0 ? '' : ` (and ${others} more like it)`
  throw new HarnessError(
    'suite',
    `the label \`${label}\`${more} is none that the judge \`${metric}\` gives`,
    {
      at,
      frame: codeFrame(at),
      hint: `labels: ${scale.labels.join(', ')}; or \`passed\` and \`failed\`, for all rows`,
    },
  )
}

const passing: Scale = {
  labels: ['failed', 'passed'],
  place: (label) => PASSED.get(label.toLowerCase()),
  verdict: ({ pass }) => (pass ? 1 : 0),
}

function levelled(scale: NonNullable<Instrument['scale']>): Scale {
  const labels = scale.map(({ label }) => label)
  const places = new Map(labels.map((label, index) => [normal(label), index]))
  return {
    labels,
    place: (label) => places.get(normal(label)),
    verdict({ score, evidence }) {
      const given = evidence?.kind === 'judgement' ? evidence.score : (score ?? 0)
      // A panel's mean lies between levels: the nearer one, of two equally near the lower.
      let nearest = 0
      for (const [index, level] of scale.entries()) {
        const apart = Math.abs(level.score - given)
        if (apart < Math.abs((scale[nearest]?.score ?? 0) - given) - 1e-9) nearest = index
      }
      return nearest
    },
  }
}

/** `3`, `3.0` and ` 3 ` are one label, and so are `win` and `Won`. */
function normal(label: string): string {
  const text = label.trim().toLowerCase()
  const number = Number(text)
  return text !== '' && Number.isFinite(number) ? String(number) : (ALIASES.get(text) ?? text)
}
