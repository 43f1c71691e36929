import { createHash } from 'node:crypto'

/**
 * The page's policy: its own scripts and styles by their hashes, its worker, and nothing from anywhere. Texts become scripts only
 * through the policy `assay` of trusted types.
 * @param beside true where blocks lie in files beside the page: its own script may load those, whatever `file:` is to a browser
 */
export function policyOf({
  scripts,
  styles,
  beside,
}: {
  readonly scripts: readonly string[]
  readonly styles: readonly string[]
  readonly beside: boolean
}): string {
  const hashes = (texts: readonly string[]) => texts.map((text) => `'${hashOf(text)}'`).join(' ')
  return [
    "default-src 'none'",
    `script-src ${hashes(scripts)}${beside ? " 'strict-dynamic'" : ''}`,
    `style-src ${hashes(styles)}`,
    'worker-src blob:',
    "require-trusted-types-for 'script'",
    'trusted-types assay assay-loader',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}
