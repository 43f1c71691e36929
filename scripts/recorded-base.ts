import { existsSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { RUNS_DIR } from '../harness/record/run-folder.ts'

/**
 * The folder that the paths of a record start from: where the run was started. A record that lies in its place,
 * `runs/<suite>/<id>`, tells it, whatever the command is given from: another project may have a suite by the same name.
 * One that was put elsewhere (`--out`, or moved) is taken to be of here. Undefined when the suite is in neither place.
 * @param file the suite's path, as recorded
 */
export function recordedBase(file: string, dir: string, cwd: string): string | undefined {
  const above = resolve(dir, '../../..')
  const isInPlace = basename(resolve(dir, '../..')) === RUNS_DIR
  const places = isInPlace ? [above, cwd] : [cwd, above]
  return places.find((place) => existsSync(resolve(place, file)))
}
