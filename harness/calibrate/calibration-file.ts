import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Calibration } from '../model/calibration.ts'
import { writeJson } from '../record/atomic-file.ts'
import { folderName } from '../record/run-folder.ts'

/** Beside the suite: it belongs to it, as a baseline does. */
const FOLDER = 'calibration'

/** Where the calibration of a judge stands. */
export function calibrationFile(suiteDir: string, metric: string): string {
  return join(suiteDir, FOLDER, `${folderName(metric)}.json`)
}

/** @returns the path. @throws HarnessError `incomplete` when the disk refuses */
export async function writeCalibration(suiteDir: string, calibration: Calibration): Promise<string> {
  await mkdir(join(suiteDir, FOLDER), { recursive: true })
  const name = `${folderName(calibration.metric)}.json`
  await writeJson(join(suiteDir, FOLDER), name, calibration, (json) => json)
  return calibrationFile(suiteDir, calibration.metric)
}
