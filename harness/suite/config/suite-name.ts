import { basename, dirname } from 'node:path'

/** Name of a suite: `<folder>` for `suite.yaml`, `<folder>.X` for `suite.X.yaml`, else the file's base name. */
export function suiteName(file: string): string {
  const base = basename(file).replace(/\.(?:ya?ml|json)$/i, '')
  if (base === 'suite') return basename(dirname(file))
  return base.startsWith('suite.') ? `${basename(dirname(file))}.${base.slice('suite.'.length)}` : base
}
