import { statSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { hasMagic } from 'glob'
import type { Prompt } from '../model/prompt.ts'
import type { SourceLocation } from '../model/source.ts'
import { formatLocation } from '../model/source.ts'
import { fail } from './config/fail.ts'
import { stripFileScheme } from './config/paths.ts'
import { locate } from './config/positions.ts'
import type { SuiteDocument } from './config/read-config.ts'
import { expandGlob } from './expand-glob.ts'
import type { PromptDraft, PromptEntry } from './prompts/draft.ts'
import { looksLikeFile } from './prompts/file-syntax.ts'
import { readPromptFile } from './prompts/prompt-file.ts'
import { parseJsonPrompt } from './render/json-prompt.ts'
import { wrapIfPartial } from './render/wrap-partial.ts'
import type { Reading } from './reading.ts'
import { resolveFile } from './reading.ts'
import { parseCodeReference } from './user-code.ts'

const REMOTE = /^(portkey|langfuse|helicone|exec):/

/** Prompts that one entry or file yielded, and the name they share. */
interface Batch {
  readonly drafts: readonly PromptDraft[]
  /** A written label or id, else the path; undefined for text in the suite itself. */
  readonly name: string | undefined
  readonly at: SourceLocation
}

/**
 * The prompts of a suite, in order, each with its key. A suite without `prompts` has the one prompt `{{prompt}}`.
 * @throws HarnessError `suite` when a file is missing or empty, or two prompts have one key
 */
export async function readPrompts(document: SuiteDocument, reading: Reading): Promise<Prompt[]> {
  const batches: Batch[] = []
  for (const entry of promptEntries(document, reading)) batches.push(...(await readEntry(entry, reading)))
  const prompts: Prompt[] = []
  const places = new Map<string, SourceLocation>()
  for (const { drafts, name, at } of batches)
    for (const [index, { writtenLabel, ...draft }] of drafts.entries()) {
      const shared =
        name === undefined
          ? `prompt-${prompts.length + 1}`
          : drafts.length > 1
            ? `${name}#${index + 1}`
            : name
      const key = writtenLabel ?? shared
      const first = places.get(key)
      if (first !== undefined)
        throw fail(
          'suite',
          `two prompts have the key \`${key}\`: the other one is at ${formatLocation(first)}`,
          at,
          'give one of them another `label`',
        )
      places.set(key, at)
      refuseBrokenTemplate(draft, at, reading)
      prompts.push({ ...draft, key, at })
    }
  return prompts
}

/** A template that cannot be compiled would fail in every cell. JSON is rendered leaf by leaf, and a function's source is none. */
function refuseBrokenTemplate(draft: PromptDraft, at: SourceLocation, { templates }: Reading): void {
  if (draft.function !== undefined || parseJsonPrompt(draft.raw) !== undefined) return
  const problem = templates.problemOf(wrapIfPartial(draft.raw))
  if (problem === undefined) return
  throw fail(
    'suite',
    `the prompt is no valid template: ${problem}`,
    at,
    'text that is no template stands between {% raw %} and {% endraw %}',
  )
}

/** Every written form as one list. promptfoo reads a text that is listed twice once, and so do we. */
function promptEntries(document: SuiteDocument, reading: Reading): PromptEntry[] {
  const prompts = document.prompts ?? ['{{prompt}}']
  const start = { file: reading.file, line: 1 }
  const whole = locate(document, 'prompts') ?? start
  if (typeof prompts === 'string') return [{ raw: prompts, at: whole }]
  if (!Array.isArray(prompts))
    return Object.entries(prompts).map(([raw, label]) => ({ raw, label, at: locate(prompts, raw) ?? whole }))
  const seen = new Set<string>()
  return prompts.flatMap((prompt, index): PromptEntry[] => {
    const at = locate(prompts, index) ?? whole
    if (typeof prompt !== 'string') {
      const raw = prompt.raw || prompt.id
      if (raw === undefined)
        throw fail('suite', 'a prompt needs `raw` (its text or file), or an `id` that is a file', at)
      return [{ ...prompt, raw, at }]
    }
    if (seen.has(prompt)) {
      reading.warn(`the prompt ${JSON.stringify(prompt)} is listed twice, and run once`, at)
      return []
    }
    seen.add(prompt)
    return [{ raw: prompt, at }]
  })
}

async function readEntry(entry: PromptEntry, reading: Reading): Promise<Batch[]> {
  const { raw, label, id, config, at } = entry
  if (REMOTE.test(raw))
    throw fail(
      'suite',
      `\`${raw}\`: prompts are read from files only`,
      at,
      'save the prompt in a file, or export a function from a .ts file',
    )
  const inline: Batch = { drafts: [{ raw, label: label ?? raw, id, config }], name: label || id, at }
  if (!looksLikeFile(raw)) return [inline]

  const named = parseCodeReference(stripFileScheme(raw))
  const folder = isFolder(resolve(reading.dir, named.path))
  if (!folder && !hasMagic(stripFileScheme(raw)))
    return [await readFile(named.path, named.functionName, entry, reading)]
  const files = expandGlob(reading, folder ? join(named.path, '*') : named.path, at)
  // "What is 2*3?" is a pattern that nothing matches.
  if (files.length === 0 && !raw.startsWith('file://') && !folder) return [inline]
  if (files.length === 0) throw fail('suite', `no file matches \`${raw}\``, at)
  const batches: Batch[] = []
  for (const file of files) batches.push(await readFile(file, named.functionName, { raw: file, at }, reading))
  return batches
}

async function readFile(
  path: string,
  functionName: string | undefined,
  entry: PromptEntry,
  reading: Reading,
): Promise<Batch> {
  const file = { path: promptPath(path, entry, reading), functionName }
  const local = relative(reading.dir, file.path)
  const drafts = await readPromptFile({ ...file, shown: join(reading.namedDir, local) }, entry, reading)
  if (drafts.length === 0)
    throw fail(
      'suite',
      `there are no prompts in \`${entry.raw}\``,
      entry.at,
      'a prompt file is .txt, .md, .j2, .json, .jsonl, .yaml, .csv or .ts',
    )
  const suffix = functionName === undefined ? '' : `:${functionName}`
  return { drafts, name: entry.label || fileId(entry) || local.split(sep).join('/') + suffix, at: entry.at }
}

/** An id that is not itself the file. */
function fileId({ id, raw }: PromptEntry): string | undefined {
  return id === raw ? undefined : id
}

function promptPath(path: string, { raw, at }: PromptEntry, reading: Reading): string {
  try {
    return resolveFile(reading, path, at)
  } catch (error) {
    if (raw.startsWith('file://') || !/\s/.test(raw)) throw error
    throw fail(
      'suite',
      `the prompt ${JSON.stringify(raw)} is taken for a file, and there is none`,
      at,
      'write a text with `/` or a short last word as a YAML block (`|`): a newline marks it as text',
      error,
    )
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}
