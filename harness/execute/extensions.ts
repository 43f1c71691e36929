import type { TestCase } from '../model/case.ts'
import { messageOf } from '../model/errors.ts'
import type { Suite } from '../model/suite.ts'
import { fail } from '../suite/config/fail.ts'
import type { UserFunction } from '../suite/user-code.ts'
import { loadUserFunction, parseCodeReference } from '../suite/user-code.ts'

const HOOKS = ['beforeAll', 'beforeEach', 'afterEach', 'afterAll'] as const

export type HookName = (typeof HOOKS)[number]

/** promptfoo's result of one cell, as far as an afterEach hook may read and change it. */
export interface HookResult {
  namedScores: Record<string, number>
  metadata: Record<string, unknown>
  response?: { metadata?: Record<string, unknown> | undefined; [key: string]: unknown } | undefined
  [key: string]: unknown
}

/** The code a suite names under `extensions:`. */
export interface Extensions {
  has(hook: HookName): boolean
  /** The suite (in promptfoo's shape) as the hooks left it. */
  beforeAll<S extends object>(suite: S): Promise<S>
  /** The test as the hooks left it. */
  beforeEach(test: TestCase): Promise<TestCase>
  /** The result as the hooks left it. */
  afterEach(test: TestCase, result: HookResult): Promise<HookResult>
  afterAll(context: object): Promise<void>
}

interface Extension {
  readonly ref: string
  /** The one hook it is for, told `(context, {hookName})`; without it, it is told of all as `(hookName, context)`. */
  readonly only: HookName | undefined
  readonly call: UserFunction
}

/**
 * Imports a suite's extensions; undefined when it has none.
 * @throws HarnessError `suite` when one cannot be imported.
 */
export async function openExtensions(suite: Suite): Promise<Extensions | undefined> {
  const extensions: Extension[] = []
  for (const ref of suite.extensions) {
    const name = parseCodeReference(ref).functionName
    const only = HOOKS.find((hook) => hook === name)
    extensions.push({ ref, only, call: await loadUserFunction(ref, suite, { file: suite.file, line: 1 }) })
  }
  return extensions.length === 0 ? undefined : createExtensions(extensions)
}

function createExtensions(extensions: readonly Extension[]): Extensions {
  const relevant = (hook: HookName) => extensions.filter(({ only }) => only === undefined || only === hook)
  return {
    has: (hook) => relevant(hook).length > 0,
    async beforeAll(suite) {
      let current = suite
      for (const extension of relevant('beforeAll')) {
        const returned = await tell(extension, 'beforeAll', { suite: current })
        if (isRecord(returned)) current = Object.assign({}, current, returned['suite'])
      }
      return current
    },
    async beforeEach(test) {
      let current = test
      for (const extension of relevant('beforeEach')) {
        const returned = await tell(extension, 'beforeEach', { test: current })
        if (isRecord(returned) && isRecord(returned['test'])) current = returned['test']
      }
      return current
    },
    async afterEach(test, result) {
      let current = result
      for (const extension of relevant('afterEach')) {
        const returned = await tell(extension, 'afterEach', { test, result: current })
        if (isRecord(returned) && isRecord(returned['result']))
          current = merged(current, returned['result'] as HookResult)
      }
      return { ...current, namedScores: finite(current.namedScores) }
    },
    async afterAll(context) {
      for (const extension of relevant('afterAll')) await tell(extension, 'afterAll', context)
    },
  }
}

async function tell({ ref, only, call }: Extension, hook: HookName, context: object): Promise<unknown> {
  try {
    return await (only === undefined ? call(hook, context) : call(context, { hookName: hook }))
  } catch (error) {
    throw fail(
      'suite',
      `Extension hook "${hook}" failed for ${ref}: ${messageOf(error)}`,
      undefined,
      undefined,
      error,
    )
  }
}

/** A hook may add scores and metadata; the verdict itself is not its to change. */
function merged(current: HookResult, returned: HookResult): HookResult {
  const { response } = current
  const said = returned.response?.metadata
  return {
    ...current,
    namedScores: { ...current.namedScores, ...finite(returned.namedScores) },
    metadata: { ...current.metadata, ...returned.metadata },
    response: response && said ? { ...response, metadata: { ...response.metadata, ...said } } : response,
  }
}

function finite(scores: Record<string, number> | undefined): Record<string, number> {
  return Object.fromEntries(Object.entries(scores ?? {}).filter(([, score]) => Number.isFinite(score)))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
