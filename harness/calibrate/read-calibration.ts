import { readFile } from 'node:fs/promises'
import type { Calibration } from '../model/calibration.ts'
import { calibrationSchema } from '../record/schema/calibration.ts'
import { calibrationFile } from './calibration-file.ts'

/** What is known of a judge's worth: its calibration, or why there is none that counts. */
export type CalibrationFound =
  | { readonly is: 'current'; readonly calibration: Calibration }
  | { readonly is: 'missing' }
  /** Of a judge that was another one: another model, rubric or prompt. */
  | { readonly is: 'stale'; readonly calibration: Calibration }
  /** It is not told from chance, or agrees less than the suite asks. */
  | { readonly is: 'weak'; readonly calibration: Calibration }

/** Of so many rows that all agree nothing remains to be told from chance. */
const ENOUGH_ALIKE = 20

/**
 * Looks for the calibration of a judge as it is now. A file that cannot be read as one counts as missing.
 * @param hash of the judge: `instrumentHash`
 * @param atLeast what the lower end of alpha's interval must reach; 0 and below never count
 */
export async function findCalibration(
  suiteDir: string,
  metric: string,
  hash: string,
  atLeast?: number,
): Promise<CalibrationFound> {
  const calibration = await readCalibration(calibrationFile(suiteDir, metric))
  if (calibration === undefined || calibration.metric !== metric) return { is: 'missing' }
  if (calibration.hash !== hash) return { is: 'stale', calibration }
  return { is: isWeak(calibration, atLeast) ? 'weak' : 'current', calibration }
}

/** Whether alpha may as well be chance, or less than is asked for. */
export function isWeak({ agreement: { alpha }, n }: Calibration, atLeast = 0): boolean {
  const isPerfect = alpha.value === 1 && n >= ENOUGH_ALIKE
  const lowest = alpha.interval?.lo ?? (isPerfect ? 1 : 0)
  return lowest <= 0 || lowest < atLeast
}

async function readCalibration(file: string): Promise<Calibration | undefined> {
  try {
    return calibrationSchema.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return undefined
  }
}
