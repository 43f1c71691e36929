import { createHash } from 'node:crypto'

/** Colours of the pages that have no script, light and dark as the system has it; a page's own rules follow. */
export const PALETTE = `
:root {
  color-scheme: light dark;
  --page: #fff; --panel: #f6f7f9; --text: #16191d; --quiet: #5b636e; --line: #d9dde3;
  --good: #1a7f37; --warn: #8a5a00; --bad: #b3261e; --mark: #2557c7;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #14171b; --panel: #1c2127; --text: #e7eaee; --quiet: #9aa4b0; --line: #333b45;
    --good: #4cc26a; --warn: #e0a83a; --bad: #ff7b72; --mark: #8ab0ff;
  }
}
* { box-sizing: border-box }
.good { color: var(--good) } .warn { color: var(--warn) } .bad { color: var(--bad) }`

/** The same on paper, within a page's rules for print. */
export const PRINTED = `:root { --page: #fff; --panel: #fff; --text: #000; --quiet: #444; --line: #999; --good: #1a7f37; --warn: #8a5a00; --bad: #b3261e; --mark: #000 }
  body { max-width: none; padding: 0; font-size: 11px }`

/** The policy of such a page: no script, no request, no style but its own sheet. */
export function staticPolicy(style: string): string {
  const hash = createHash('sha256').update(style).digest('base64')
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`
}
