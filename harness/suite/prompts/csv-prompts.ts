import { parse } from 'csv-parse/sync'
import type { Env } from '../env-flag.ts'
import { envFlag } from '../env-flag.ts'
import type { PromptDraft, PromptEntry } from './draft.ts'

interface Row {
  readonly raw: string
  readonly label?: string | undefined
}

/** One prompt a row (columns `prompt` and, if wanted, `label`); a file without the delimiter is one prompt a line. */
export function csvPrompts(text: string, entry: PromptEntry, env: Env): PromptDraft[] {
  const delimiter = env['PROMPTFOO_CSV_DELIMITER'] ?? ','
  if (!text.includes(delimiter)) return draftRows(lineRows(text), entry)
  try {
    const rows = parse<Record<string, string>>(text, {
      columns: true,
      delimiter,
      relax_quotes: !envFlag(env, 'PROMPTFOO_CSV_STRICT'),
      skip_empty_lines: true,
      trim: true,
    })
    const prompts = rows.flatMap(({ prompt, label }) =>
      prompt ? [{ raw: prompt, label: label || undefined }] : [],
    )
    return draftRows(prompts, entry)
  } catch {
    // Prose with commas: promptfoo takes it line by line.
    return draftRows(lineRows(text), entry)
  }
}

function lineRows(text: string): Row[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  const start = lines[0]?.toLowerCase().trim() === 'prompt' ? 1 : 0
  return lines.slice(start).map((raw) => ({ raw }))
}

function draftRows(rows: readonly Row[], entry: PromptEntry): PromptDraft[] {
  const taken = new Set(rows.flatMap((row) => row.label ?? []))
  return rows.map((row, index) => {
    const label = row.label ?? freeLabel(defaultLabel(row.raw, index, rows.length, entry.label), index, taken)
    const id = rows.length > 1 && entry.id ? `${entry.id}:${index + 1}` : entry.id
    return { raw: row.raw, label, id, config: entry.config, writtenLabel: row.label }
  })
}

function defaultLabel(raw: string, index: number, rows: number, base: string | undefined): string {
  if (!base) return `Prompt ${index + 1} - ${raw}`
  return rows > 1 ? `${base}: ${raw}` : base
}

function freeLabel(label: string, index: number, taken: Set<string>): string {
  let free = label
  for (let suffix = 1; taken.has(free); suffix++)
    free = `${label} (row ${index + 1}${suffix > 1 ? `.${suffix}` : ''})`
  taken.add(free)
  return free
}
