import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

/**
 * The folder that the paths of a record start from: where the run was started. That is here, or above its
 * `runs/<suite>/<id>`. Undefined when the suite is in neither place.
 * @param file the suite's path, as recorded
 */
export function recordedBase(file: string, dir: string, cwd: string): string | undefined {
  return [cwd, resolve(dir, '../../..')].find((place) => existsSync(resolve(place, file)))
}
