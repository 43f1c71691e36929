import type { Case, TestOptions } from '../model/case.ts'
import type { Prompt } from '../model/prompt.ts'
import type { Suite } from '../model/suite.ts'
import { guard, holdsTemplates, unguard } from './render/data-in-templates.ts'
import { loadFileVariable } from './render/file-variable.ts'
import { mapTexts, parseJsonPrompt } from './render/json-prompt.ts'
import { undefinedMentions } from './render/mentioned-variables.ts'
import { requiredVariables } from './render/required-variables.ts'
import { resolveVariables } from './render/resolve-variables.ts'
import { wrapIfPartial } from './render/wrap-partial.ts'
import { isTemplate, templatesOf } from './templates.ts'
import { isCodeFile } from './user-code.ts'

interface RenderContext {
  /** Handed to prompt functions and to vars that are code. */
  readonly provider: unknown
  readonly suite: Suite
}

/** A prompt as a model gets it. */
export interface RenderedPrompt {
  readonly text: string
  /** The vars with files loaded and vars in vars resolved: what checks see. */
  readonly vars: Record<string, unknown>
  /** What a provider is shown as `context.prompt.config`: the prompt's config, then the test's options. */
  readonly config: Record<string, unknown>
  /** Variables the prompt prints that are undefined: they were rendered as nothing. */
  readonly undefinedVariables: readonly string[]
}

/**
 * Renders a prompt for a case exactly as promptfoo does, but for vars that came from a CSV or JSONL cell: they are put in as they
 * are, never rendered, never loaded.
 * @param vars the case's vars, with what the runner adds (`_conversation`, registers); not changed
 * @throws Error what a template, a prompt function or a var that is code throws; HarnessError `suite` for a missing file
 */
export async function renderPrompt(
  prompt: Prompt,
  testCase: Case,
  vars: Record<string, unknown>,
  context: RenderContext,
): Promise<RenderedPrompt> {
  const { options } = testCase.test
  const raw = `${options?.prefix ?? ''}${prompt.raw}${options?.suffix ?? ''}`
  const own = copyVars(vars)
  const computed = await loadFiles(own, raw, testCase, context)
  // What code makes of data that looks like a template is data as well: a var, or the text of a prompt.
  const isSafe = !holdsTemplates(own, testCase.literalVars)
  const data = isSafe ? testCase.literalVars : new Set([...testCase.literalVars, ...computed])
  const shown = isSafe ? own : guard(own, data)
  const { template, config } = await applyFunction(prompt, raw, shown, context)
  for (const [key, value] of Object.entries(own))
    if (typeof value === 'string' && value.endsWith('\n')) own[key] = value.slice(0, -1)
  const tainted = resolveVariables(own, data)
  const isData = (name: string): boolean => data.has(name) || tainted.has(name)
  const { text, undefinedVariables } = renderTemplate(template, own, isData, context.suite)
  return {
    text: unguard(text),
    undefinedVariables,
    vars: own,
    config: withOptions(isSafe ? config : (mapTexts(config, unguard) as typeof config), options),
  }
}

function renderTemplate(
  template: string,
  vars: Record<string, unknown>,
  isData: (name: string) => boolean,
  suite: Suite,
): Pick<RenderedPrompt, 'text' | 'undefinedVariables'> {
  const templates = templatesOf(suite)
  const json = parseJsonPrompt(template)
  if (json !== undefined) {
    try {
      const rendered = mapTexts(json.value, (leaf) => templates.renderPlain(leaf, vars))
      return { text: JSON.stringify(rendered, null, 2), undefinedVariables: missing(json.required, vars) }
    } catch {
      // promptfoo renders it as text then: the only way to use a filter of the suite in a JSON prompt.
    }
  }
  const mentions = new Set<string>()
  const rendered: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(vars)) {
    rendered[name] = value
    if (typeof value !== 'string' || !isTemplate(value) || isData(name)) continue
    const undefinedOnes = undefinedMentions(value, vars)
    if (undefinedOnes.length === 0) rendered[name] = templates.render(wrapIfPartial(value), vars)
    for (const mention of undefinedOnes) mentions.add(mention)
  }
  const wrapped = wrapIfPartial(template)
  for (const name of missing(requiredVariables(wrapped), vars)) mentions.add(name)
  return { text: templates.render(wrapped, rendered), undefinedVariables: [...mentions] }
}

/** @returns the names of the vars that code computed */
async function loadFiles(
  vars: Record<string, unknown>,
  prompt: string,
  testCase: Case,
  { provider, suite }: RenderContext,
): Promise<string[]> {
  const computed: string[] = []
  for (const [name, ref] of Object.entries(vars)) {
    if (typeof ref !== 'string' || !ref.startsWith('file://') || testCase.literalVars.has(name)) continue
    vars[name] = await loadFileVariable({ name, ref, prompt, vars, provider, at: testCase.at }, suite)
    if (isCodeFile(ref)) computed.push(name)
  }
  return computed
}

/** A prompt function's result takes the place of the prompt, prefix and suffix included; it is a template like any other. */
async function applyFunction(
  prompt: Prompt,
  raw: string,
  vars: Record<string, unknown>,
  { provider }: RenderContext,
): Promise<{ template: string; config: Record<string, unknown> | undefined }> {
  if (prompt.function === undefined) return { template: raw, config: prompt.config }
  const result = await prompt.function({ vars, provider })
  if (typeof result === 'string') return { template: result, config: prompt.config }
  if (typeof result !== 'object' || result === null)
    throw new Error(
      `Prompt function must return a string or object, got ${result === null ? 'null' : typeof result}`,
    )
  if (!('prompt' in result)) return { template: JSON.stringify(result), config: prompt.config }
  const { prompt: text, config } = result as { prompt: unknown; config?: Record<string, unknown> }
  return {
    template: typeof text === 'string' ? text : JSON.stringify(text),
    config: config ? { ...prompt.config, ...config } : prompt.config,
  }
}

function copyVars(vars: Record<string, unknown>): Record<string, unknown> {
  const copy: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(vars))
    copy[name] = typeof value === 'object' && value !== null ? structuredClone(value) : value
  return copy
}

function missing(names: readonly string[], vars: Record<string, unknown>): string[] {
  return names.filter((name) => vars[name] === undefined)
}

function withOptions(
  config: Record<string, unknown> | undefined,
  options: TestOptions | undefined,
): Record<string, unknown> {
  const { repeat: _repeat, ...rest } = options ?? {}
  return { ...config, ...rest }
}
