import { extname } from 'node:path'
import type { PromptFunction } from '../../model/prompt.ts'
import { fail } from '../config/fail.ts'
import { parseYamlFile } from '../config/parse-yaml.ts'
import { loadExternalValues } from '../external-values.ts'
import type { Reading } from '../reading.ts'
import { isCodeFile, loadUserFunction } from '../user-code.ts'
import { csvPrompts } from './csv-prompts.ts'
import type { PromptDraft, PromptEntry } from './draft.ts'

/** A prompt file: where it is, and how promptfoo's labels name it. */
interface PromptFile {
  readonly path: string
  readonly shown: string
  readonly functionName?: string | undefined
}

const UNSUPPORTED = new Set(['.py', '.sh', '.bash', '.exe', '.bat', '.cmd', '.ps1', '.rb', '.pl'])

/**
 * The prompts in a file, by its extension. Only .txt splits on `---`; CSV and JSONL hold one a row or line.
 * @throws HarnessError `suite` when the file cannot be read or is of a kind that is not a prompt
 */
export async function readPromptFile(
  file: PromptFile,
  entry: PromptEntry,
  reading: Reading,
): Promise<PromptDraft[]> {
  const extension = extname(file.path)
  if (isCodeFile(file.path)) return [await functionPrompt(file, entry, reading)]
  if (UNSUPPORTED.has(extension))
    throw fail(
      'suite',
      `\`${entry.raw}\`: prompts made by ${extension} programs are not supported`,
      entry.at,
      'export a function from a .ts file',
    )
  const text = reading.ledger.readText(file.path, entry.at)
  const { label, id, config } = entry
  switch (extension) {
    case '.csv':
      return csvPrompts(text, entry, reading.env)
    case '.txt':
      dropConfig(file, entry, reading)
      return splitText(text, reading).map((raw) => ({
        raw,
        label: `${label ? `${label}: ` : ''}${file.shown}: ${raw}`,
        id,
      }))
    case '.md':
      dropConfig(file, entry, reading)
      return [{ raw: text, label: label || `${file.shown}: ${text.slice(0, 50)}...`, id }]
    case '.j2':
      return [{ raw: text, label: label || `${file.shown}: ${text.slice(0, 50)}...`, id, config }]
    case '.jsonl':
      return lines(text, file.shown, entry)
    case '.json': {
      const raw = normalised(text, () => JSON.parse(text) as unknown, entry, reading)
      return [{ raw, label: label || `${file.shown}: ${raw}`, id, config }]
    }
    case '.yaml':
    case '.yml': {
      const raw = normalised(text, () => parseYamlFile(file.path, text), entry, reading)
      return [{ raw, label: label || `${file.shown}: ${raw.slice(0, 80)}`, id, config }]
    }
    default:
      return []
  }
}

/** promptfoo hands these prompts on without their config; running them with it would not be the same run. */
function dropConfig(file: PromptFile, { config, at }: PromptEntry, reading: Reading): void {
  if (config !== undefined)
    reading.warn(
      `promptfoo ignores the \`config\` of a ${extname(file.path)} prompt: ${file.shown} has none`,
      at,
    )
}

function splitText(text: string, { env }: Reading): string[] {
  const separator = env['PROMPTFOO_PROMPT_SEPARATOR'] || '---'
  const prompts: string[][] = [[]]
  for (const line of text.split(/\r?\n/))
    if (line.trim() === separator) prompts.push([])
    else prompts.at(-1)?.push(line)
  return prompts.map((part) => part.join('\n').trim()).filter((prompt) => prompt !== '')
}

function lines(text: string, shown: string, { label, id, config }: PromptEntry): PromptDraft[] {
  const prompts = text.split(/\r?\n/).filter((line) => line.length > 0)
  const base = label || shown
  return prompts.map((raw) => ({ raw, label: prompts.length > 1 ? `${base}: ${raw}` : base, id, config }))
}

/** JSON of a structured prompt, with the files it names put in; a text that does not parse is a template as it stands. */
function normalised(text: string, parse: () => unknown, { at }: PromptEntry, reading: Reading): string {
  let value: unknown
  try {
    value = parse()
  } catch {
    return text
  }
  return JSON.stringify(loadExternalValues(value, reading, at)) ?? text
}

async function functionPrompt(file: PromptFile, entry: PromptEntry, reading: Reading): Promise<PromptDraft> {
  const { path, shown, functionName } = file
  const suffix = functionName === undefined ? '' : `:${functionName}`
  reading.ledger.digest(path, entry.at)
  const compute = await loadUserFunction(path + suffix, reading, entry.at)
  const config = entry.config ?? {}
  const run: PromptFunction = ({ vars, provider }) =>
    compute({ vars, provider: describeProvider(provider), config })
  return {
    raw: String(compute),
    label: entry.label || `${shown}${suffix}`,
    id: entry.id,
    config,
    function: run,
  }
}

/** What a prompt function is told of the provider. */
function describeProvider(provider: unknown): { id: unknown; label: unknown } {
  const { id, label } = (provider ?? {}) as { id?: unknown; label?: unknown }
  return { id: typeof id === 'function' ? (id.call(provider) as unknown) : id, label }
}
