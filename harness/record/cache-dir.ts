import path from 'node:path'

/** Source is run in a checkout; the package holds compiled code. */
const CHECKOUT =
  path.extname(import.meta.filename) === '.ts' ? path.join(import.meta.dirname, '..', '..') : null

/**
 * Where assay keeps what may be lost: compiled code, and promptfoo's settings. `$ASSAY_CACHE_DIR`, else in a checkout
 * its own `.cache`, else `$XDG_CACHE_HOME/assay`, else `~/.cache/assay`. `bin/assay.mjs` has the same rule, since it
 * needs the folder before it may import anything.
 * @param checkout root of the checkout, or null for the installed package.
 */
export function cacheDir(
  env: Readonly<Record<string, string | undefined>>,
  home: string,
  checkout: string | null = CHECKOUT,
): string {
  if (env['ASSAY_CACHE_DIR']) return path.resolve(env['ASSAY_CACHE_DIR'])
  if (checkout !== null) return path.join(checkout, '.cache')
  // The XDG specification has relative paths ignored.
  const xdg = env['XDG_CACHE_HOME']
  return path.join(xdg !== undefined && path.isAbsolute(xdg) ? xdg : path.join(home, '.cache'), 'assay')
}
