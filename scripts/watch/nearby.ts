import { readdirSync } from 'node:fs'
import { extname, join } from 'node:path'

/** Where nothing of a suite's own lies, or what runs write themselves. */
const SKIPPED = new Set(['node_modules', 'runs', 'cassette', 'baseline', 'dist', 'coverage'])
const LIMITS = { depth: 5, folders: 400 }

/** What a suite may be made of, by its extension. */
const KINDS = new Set(
  '.yaml .yml .json .jsonl .csv .txt .md .j2 .njk .html .xml .js .cjs .mjs .ts .cts .mts .py .xlsx .env'.split(
    ' ',
  ),
)

/** What lies around a suite: its folder and those below it. */
export interface Nearby {
  readonly folders: readonly string[]
  /** Files that a suite may name, or match by a pattern. */
  readonly files: ReadonlySet<string>
}

/** Looks around a folder. A large tree is not walked to its end: what the suite names is watched wherever it is. */
export function lookAround(dir: string): Nearby {
  const folders: string[] = []
  const files = new Set<string>()
  let level = [dir]
  for (let depth = 0; depth <= LIMITS.depth && level.length > 0; depth++) {
    const next: string[] = []
    for (const folder of level) {
      if (folders.length >= LIMITS.folders) return { folders, files }
      folders.push(folder)
      for (const entry of entriesOf(folder)) {
        if (entry.name.startsWith('.')) continue
        const path = join(folder, entry.name)
        if (entry.isDirectory() && !SKIPPED.has(entry.name)) next.push(path)
        if (!entry.isDirectory() && KINDS.has(extname(entry.name).toLowerCase())) files.add(path)
      }
    }
    level = next
  }
  return { folders, files }
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch {
    return []
  }
}
