import { relative } from 'node:path'
import { isWeak } from '../../harness/calibrate/read-calibration.ts'
import type { Calibrated } from '../../harness/calibrate/calibrate.ts'
import type { Agreement, Figure } from '../../harness/model/calibration.ts'
import { coefficient, twoDigits } from '../../reports/format/coefficient.ts'
import { counted, NOTHING, percent, range } from '../../reports/format/figures.ts'

const FORMS = {
  none: '',
  quadratic: ', quadratic weights',
  nominal: ', nominal',
  ordinal: ', ordinal',
} as const

/** What a judge was found to be worth, for a person. @param file where it was written; undefined where it was not */
export function calibrationText({ calibration }: Calibrated, file: string | undefined, cwd: string): string {
  const { metric, n, missing, graders, scale, agreement } = calibration
  const { exact, kappa, alpha, bias } = agreement
  const without = missing === 0 ? '' : `, ${missing} without a verdict`
  const figures: readonly (readonly [string, string])[] = [
    ['same label', `${percent(exact.value)} (${range(exact.interval)})`],
    ['Cohen’s kappa', `${coefficient(kappa)}${FORMS[kappa.weights]}`],
    ['Krippendorff’s alpha', `${coefficient(alpha)}${FORMS[alpha.measurement]}`],
    ['judge − people', biasText(bias)],
  ]
  const width = Math.max(...figures.map(([name]) => name.length))
  return [
    `${metric}: ${counted(n, 'labelled answer')}${without}, judged by ${graders.join(', ')}`,
    ...figures.map(([name, figure]) => `  ${name.padEnd(width)}  ${figure}`),
    '',
    ...confusionLines(agreement, scale),
    '',
    file === undefined ? '  not written' : `  → ${relative(cwd, file)}`,
    '',
  ].join('\n')
}

/** A sentence for a judge that may not gate; undefined for one that may. */
export function weakText({ calibration }: Calibrated, atLeast: number | undefined): string | undefined {
  if (!isWeak(calibration, atLeast)) return undefined
  const { interval } = calibration.agreement.alpha
  const lowest = interval === null ? 'it has no interval' : `it may be as low as ${twoDigits(interval.lo)}`
  const wanted = atLeast === undefined ? 'above 0' : `at least ${atLeast}`
  return `${calibration.metric} agrees too little with the labels to gate: alpha must be ${wanted}, and ${lowest}`
}

function biasText({ value, interval }: Figure): string {
  if (value === null) return NOTHING
  const between = interval === null ? NOTHING : `${signed(interval.lo)} to ${signed(interval.hi)}`
  return `${signed(value)} levels (${between})`
}

function confusionLines({ confusion, recall }: Agreement, scale: readonly string[]): string[] {
  const cells = [
    ['people \\ judge', ...scale, 'agreed'],
    ...scale.map((label, row) => [
      label,
      ...(confusion[row] ?? []).map(String),
      percent(recall[row]?.value ?? null),
    ]),
  ]
  const widths = (cells[0] ?? []).map((_head, column) =>
    Math.max(...cells.map((row) => (row[column] ?? '').length)),
  )
  return cells.map((row) => `  ${row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  ')}`)
}

function signed(value: number): string {
  const text = twoDigits(Math.abs(value))
  return value < 0 && text !== '0.00' ? `−${text}` : `+${text}`
}
