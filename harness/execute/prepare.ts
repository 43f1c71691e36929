import type { Cell } from '../model/cell.ts'
import type { Prompt } from '../model/prompt.ts'
import type { CallContext, Provider } from '../model/provider.ts'
import type { Suite } from '../model/suite.ts'
import { renderPrompt } from '../suite/render.ts'
import type { Conversation } from './conversation.ts'

/** A cell ready to be called. */
export interface Prepared {
  /** The cell, with its case as the beforeEach hooks left it. */
  readonly cell: Cell
  readonly prompt: string
  /** What the prompt was rendered with: what checks see and the record holds. */
  readonly vars: Record<string, unknown>
  readonly context: CallContext
  /** Whether the provider has looked at the vars by now, or at the test that holds them. */
  readonly readVars: () => boolean
  /** Variables the prompt uses and the case does not have. */
  readonly undefinedVariables: readonly string[]
}

interface Surroundings {
  readonly suite: Suite
  /** The provider of the cell's column. */
  readonly provider: Provider
  readonly conversation: Conversation | undefined
  readonly runId: string | undefined
  readonly logger: object
}

/** Renders a cell's prompt and gathers what its provider is told, as promptfoo does. Throws what rendering throws. */
export async function prepare(cell: Cell, around: Surroundings): Promise<Prepared> {
  const { suite, provider, conversation, runId, logger } = around
  const { case: testCase, column, repeat, testIndex = 0 } = cell
  const vars: Record<string, unknown> = { ...testCase.vars }
  conversation?.enter(vars, cell)
  // Names of promptfoo's for the moment of the call: prompts and providers may use them, checks and the record never see them.
  if (runId !== undefined) vars['__evalId'] = runId
  vars['__evalStepId'] = `test-${testIndex}-prompt-${column.index}-repeat-${repeat}`
  vars['__repeatIndex'] = repeat
  const rendered = await renderPrompt(column.prompt, testCase, vars, { provider, suite })
  const { __evalId, __evalStepId, __repeatIndex, ...persisted } = rendered.vars
  void [__evalId, __evalStepId, __repeatIndex]
  const { key, at, ...shown } = templateOf(cell)
  void [key, at]
  let readVars = false
  const context: CallContext = {
    get vars() {
      readVars = true
      return rendered.vars
    },
    get test() {
      readVars = true
      return testCase.test
    },
    prompt: { ...shown, config: rendered.config },
    filters: suite.nunjucksFilters,
    originalProvider: provider,
    logger,
    getCache,
    repeatIndex: repeat,
    testIdx: testIndex,
    ...(runId !== undefined && { evaluationId: runId }),
  }
  return {
    cell,
    prompt: rendered.text,
    vars: persisted,
    context,
    readVars: () => readVars,
    undefinedVariables: rendered.undefinedVariables,
  }
}

/** The prompt before it is rendered, with the prefix and suffix of the test. */
export function templateOf({ column: { prompt }, case: { test } }: Cell): Prompt & { template: string } {
  const { prefix = '', suffix = '' } = test.options ?? {}
  return { ...prompt, raw: `${prefix}${prompt.raw}${suffix}`, template: prompt.raw }
}

/** promptfoo's cache is off: providers that ask for it find it empty. */
function getCache(): object {
  return NO_CACHE
}

const NO_CACHE = {
  get: () => Promise.resolve(undefined),
  set: (_key: string, value: unknown) => Promise.resolve(value),
  del: () => Promise.resolve(true),
  clear: () => Promise.resolve(true),
  wrap: (_key: string, make: () => unknown) => Promise.resolve(make()),
}
