import path from 'node:path'

/** Where a baseline lies: its scores, and the folder with what lies behind them. */
export interface BaselinePlace {
  /** `baseline.json`. */
  readonly file: string
  /** `baseline/`, a run folder in miniature. */
  readonly dir: string
}

/**
 * Where a suite's baseline lies: `baseline.json` and `baseline/` beside `suite.yaml`, `baseline.X.json` and `baseline/X/` for
 * `suite.X.yaml`; for any other file X is its whole name, so that suites that share a folder never share a baseline.
 */
export function baselinePlace(suiteFile: string): BaselinePlace {
  const { dir, base } = path.parse(suiteFile)
  const named = /^suite(?:\.(?<name>.+))?\.(?:ya?ml|json)$/i.exec(base)
  const variant = named === null ? base : (named.groups?.['name'] ?? '')
  return {
    file: path.join(dir, variant === '' ? 'baseline.json' : `baseline.${variant}.json`),
    dir: path.join(dir, 'baseline', variant),
  }
}

/** The folder that belongs to a `baseline.json`; undefined for a file of another name, which has none. */
export function recordDirOf(file: string): string | undefined {
  const { dir, base } = path.parse(file)
  const named = /^baseline(?:\.(?<name>.+))?\.json$/.exec(base)
  return named === null ? undefined : path.join(dir, 'baseline', named.groups?.['name'] ?? '')
}

/** The `baseline.json` that a folder `baseline/` or `baseline/X/` belongs to; undefined for any other folder. */
export function baselineFileOf(recordDir: string): string | undefined {
  const above = path.dirname(recordDir)
  const name = path.basename(recordDir)
  if (name === 'baseline') return path.join(above, 'baseline.json')
  return path.basename(above) === 'baseline'
    ? path.join(path.dirname(above), `baseline.${name}.json`)
    : undefined
}
