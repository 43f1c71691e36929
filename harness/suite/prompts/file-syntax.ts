/** Extensions that make a prompt a file, wherever they stand before a colon. */
const EXTENSIONS = [
  '.cjs',
  '.cts',
  '.j2',
  '.js',
  '.json',
  '.jsonl',
  '.md',
  '.mjs',
  '.mts',
  '.py',
  '.ts',
  '.txt',
  '.yml',
  '.yaml',
]

/**
 * True when promptfoo takes a prompt for a file and not for text: it begins with `file://`, holds `/`, `\` or `*`, ends in a known
 * extension, or has a dot where a short extension would begin; a newline makes it text in any case.
 */
export function looksLikeFile(prompt: string): boolean {
  if (prompt.includes('\n')) return false
  const [last = '', beforeLast = ''] = prompt.split(':').reverse()
  return (
    prompt.startsWith('file://') ||
    EXTENSIONS.some((extension) => last.endsWith(extension) || beforeLast.endsWith(extension)) ||
    prompt.at(-3) === '.' ||
    prompt.at(-4) === '.' ||
    /[*/\\]/.test(prompt)
  )
}
