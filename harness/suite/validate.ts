import type { Case, TestCase } from '../model/case.ts'
import type { HarnessError } from '../model/errors.ts'
import type { Prompt } from '../model/prompt.ts'
import type { SourceLocation } from '../model/source.ts'
import type { Suite, SuiteCounts } from '../model/suite.ts'
import { fail } from './config/fail.ts'
import { isOccurrence } from './cases/identity.ts'
import { didYouMean } from '../model/suggest.ts'
import { isPromptAllowed, isProviderAllowed } from '../plan/match.ts'
import { ClusterKeys } from './cluster-keys.ts'
import { MetricNames } from './metric-names.ts'
import type { Warn } from './reading.ts'

/** What is checked of a suite, besides its cases. */
type Checked = Pick<Suite, 'file' | 'dir' | 'prompts' | 'providers' | 'derivedMetrics'> & {
  /** The key that `assay.cluster` names. */
  readonly cluster: string | undefined
  cases(): AsyncIterable<Case>
}

interface Findings {
  readonly counts: SuiteCounts
  /** True when a case stores its output for later ones, so that order matters. */
  readonly storesOutput: boolean
  /** Of all cases. */
  readonly tags: ReadonlySet<string>
  readonly metrics: MetricNames
  readonly clusters: ClusterKeys
}

const TOLD_DUPLICATES = 5

/**
 * Walks all the cases once, before any call is made.
 * @throws HarnessError whatever a source throws; `empty` when there is no case; `suite` when nothing is asserted anywhere, or a
 * filter names a prompt or provider that is not there
 */
export async function validateCases(suite: Checked, warn: Warn): Promise<Findings> {
  const references = new ReferenceChecker(suite)
  for (const spec of suite.providers)
    references.check({ prompts: spec.prompts as string[] | undefined }, spec.at)
  let cases = 0
  let assertions = 0
  let duplicates = 0
  let storesOutput = false
  const tags = new Set<string>()
  const metrics = new MetricNames(suite.derivedMetrics)
  const clusters = new ClusterKeys(suite.cluster)
  for await (const { id, test, checks, vars, tags: own, at } of suite.cases()) {
    cases++
    for (const { assertion } of checks) assertions += assertion.assert?.length ?? 1
    references.check(test, at)
    metrics.add({ test, checks })
    clusters.add({ vars, metadata: test.metadata })
    for (const tag of own) tags.add(tag)
    storesOutput ||= test.options?.storeOutputAs !== undefined
    if (isOccurrence(id) && ++duplicates <= TOLD_DUPLICATES)
      warn(`the case is the same as an earlier one: it is kept, as \`${id}\``, at)
    if (vars['assert']) warn('a test has a var called `assert`: move `assert` out of `vars`, beside it', at)
  }
  if (duplicates > TOLD_DUPLICATES)
    warn(`${duplicates - TOLD_DUPLICATES} more cases are the same as earlier ones`)
  if (cases === 0)
    throw fail('empty', 'the suite has no tests', { file: suite.file, line: 1 }, 'add `tests:`')
  if (assertions === 0)
    throw fail(
      'suite',
      `nothing is asserted in any of the ${cases} cases`,
      { file: suite.file, line: 1 },
      'add `assert:` to `defaultTest` or to the tests',
    )
  return { counts: { cases, duplicates, assertions }, storesOutput, tags, metrics, clusters }
}

/** Finds filters that mean nothing. Each name is looked up once. */
class ReferenceChecker {
  readonly #suite: Pick<Suite, 'dir' | 'prompts' | 'providers'>
  readonly #known = { prompt: new Set<string>(), provider: new Set<string>() }

  constructor(suite: Pick<Suite, 'dir' | 'prompts' | 'providers'>) {
    this.#suite = suite
  }

  check({ prompts, providers }: Pick<TestCase, 'prompts' | 'providers'>, at: SourceLocation): void {
    const { dir } = this.#suite
    for (const ref of prompts ?? [])
      this.#require('prompt', ref, at, () =>
        this.#suite.prompts.some((prompt) => isPromptAllowed(prompt, [ref])),
      )
    for (const ref of providers ?? [])
      this.#require('provider', ref, at, () =>
        this.#suite.providers.some((spec) => isProviderAllowed(spec, [ref], dir)),
      )
  }

  #require(kind: 'prompt' | 'provider', ref: string, at: SourceLocation, exists: () => boolean): void {
    const known = this.#known[kind]
    if (known.has(ref)) return
    if (!exists()) throw this.#unknown(kind, ref, at)
    known.add(ref)
  }

  #unknown(kind: 'prompt' | 'provider', ref: string, at: SourceLocation): HarnessError {
    const names =
      kind === 'prompt' ? this.#suite.prompts.map(promptName) : this.#suite.providers.map(({ key }) => key)
    const hint = didYouMean(ref, names) ?? `there are ${names.map((name) => `\`${name}\``).join(', ')}`
    return fail('suite', `there is no ${kind} \`${ref}\``, at, hint)
  }
}

/** What a filter can call a prompt by, short enough to be told. */
function promptName({ label, id }: Prompt): string {
  const name = id ?? label
  return name.length > 60 ? `${name.slice(0, 57)}*` : name
}
