import type { TestCase } from '../model/case.ts'
import type { Prompt } from '../model/prompt.ts'
import type { DerivedMetric, ProviderSpec, Suite } from '../model/suite.ts'
import { readsConversation } from '../suite/serial.ts'
import { createTemplates } from '../suite/templates.ts'
import { openExtensions } from './extensions.ts'
import type { HookTest } from './hook-tests.ts'
import { casesOfTests, testsOfCases } from './hook-tests.ts'

interface BeforeAllOptions {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Where templates look for what they include. */
  readonly cwd: string
}

/** promptfoo's suite, as far as a beforeAll hook may read and change it. */
interface HookSuite {
  prompts: Prompt[]
  /** Labels of the prompts each provider answers, by the provider's label or id. */
  providerPromptMap: Record<string, readonly string[]>
  tests: HookTest[]
  defaultTest: TestCase
  nunjucksFilters: Suite['nunjucksFilters']
  derivedMetrics: readonly DerivedMetric[]
  [key: string]: unknown
}

/**
 * Lets the suite's beforeAll hooks change it, before it is planned. Only then are its cases held in memory; a suite
 * without such hooks is returned as it is.
 * @throws HarnessError `suite` when a hook throws, or leaves a test that is none.
 */
export async function runBeforeAll(suite: Suite, { env, cwd }: BeforeAllOptions): Promise<Suite> {
  const extensions = await openExtensions(suite)
  if (extensions?.has('beforeAll') !== true) return suite
  const cases = await Array.fromAsync(suite.cases())
  const told = hookSuite(suite, testsOfCases(cases))
  const promptMap = { ...told.providerPromptMap }
  const changed = await extensions.beforeAll(told)

  const tests = await casesOfTests(changed.tests, changed.defaultTest, suite)
  const prompts = changed.prompts.map((prompt, i) => promptAfter(prompt, i, suite))
  const storesOutput = tests.some(({ test }) => test.options?.storeOutputAs !== undefined)
  const hasNewFilters = changed.nunjucksFilters !== suite.nunjucksFilters
  const filters = changed.nunjucksFilters
  return {
    ...suite,
    prompts,
    providers: suite.providers.map((spec) => providerAfter(spec, promptMap, changed.providerPromptMap)),
    async *cases() {
      yield* tests
    },
    nunjucksFilters: filters,
    derivedMetrics: changed.derivedMetrics,
    serial: storesOutput || readsConversation(prompts),
    ...(hasNewFilters && {
      templates: createTemplates({ env, suiteEnv: suite.env, filters, includeDir: cwd }),
    }),
    counts: undefined,
  }
}

function hookSuite(suite: Suite, tests: HookTest[]): HookSuite {
  const { prompts, providers, description, nunjucksFilters, derivedMetrics, extensions, env } = suite
  return {
    description,
    prompts: [...prompts],
    providers: providers.map(({ id, label, config }) => ({ id: () => id, label, config })),
    providerPromptMap: Object.fromEntries(
      providers.map(({ key, prompts: filter }) => [key, filter ?? prompts.map(({ label }) => label)]),
    ),
    tests,
    defaultTest: { ...suite.defaultTest, assert: [...(suite.defaultTest?.assert ?? [])] },
    scenarios: [],
    nunjucksFilters,
    derivedMetrics,
    extensions,
    env,
  }
}

/** A prompt a hook left alone keeps its key and place; a new one is named by its label. */
function promptAfter(prompt: Prompt, index: number, suite: Suite): Prompt {
  const original = suite.prompts.find((each) => each === prompt || each.label === prompt.label)
  if (original === prompt) return prompt
  const { raw, label, id, config, function: compute } = prompt
  const kept = original?.raw === raw ? original.function : undefined
  return {
    raw,
    key: original?.key ?? (label || id || `prompt-${index + 1}`),
    label,
    id,
    config,
    function: compute ?? kept,
    at: original?.at ?? { file: suite.file, line: 1 },
  }
}

function providerAfter(
  spec: ProviderSpec,
  before: HookSuite['providerPromptMap'],
  after: HookSuite['providerPromptMap'] | undefined,
): ProviderSpec {
  const prompts = after?.[spec.key]
  return prompts === before[spec.key] ? spec : { ...spec, prompts }
}
