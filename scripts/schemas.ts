/**
 * Writes the JSON Schemas of the record to `schemas/`. With `--check` nothing is written: exit 1 when a file there
 * is not current.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { publishedSchemas } from '../harness/record/schema/published.ts'

const dir = path.join(import.meta.dirname, '..', 'schemas')
const stale: string[] = []

await mkdir(dir, { recursive: true })
for (const [name, text] of publishedSchemas()) {
  const file = path.join(dir, name)
  const current = await readFile(file, 'utf8').catch(() => undefined)
  if (current === text) continue
  stale.push(name)
  if (!process.argv.includes('--check')) await writeFile(file, text)
}

if (process.argv.includes('--check') && stale.length > 0) {
  console.error(`not current: ${stale.join(', ')}. Run: node scripts/schemas.ts`)
  process.exitCode = 1
}
