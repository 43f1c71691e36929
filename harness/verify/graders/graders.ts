import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Assertion } from '../../model/assertion.ts'
import type { TestCase } from '../../model/case.ts'
import { HarnessError, messageOf } from '../../model/errors.ts'
import type { Provider } from '../../model/provider.ts'
import type { SourceLocation } from '../../model/source.ts'
import type { ProviderSpec, Suite } from '../../model/suite.ts'
import { fail } from '../../suite/config/fail.ts'
import { atPlace } from '../../suite/config/at-place.ts'
import { resolveInside } from '../../suite/config/paths.ts'
import { asWritten } from '../../suite/config/render-env.ts'
import { servingOf } from '../../suite/serving.ts'
import { isCodeFile } from '../../suite/user-code.ts'

/** Loads the provider a suite names as its grader. */
export type LoadGrader = (spec: ProviderSpec) => Promise<Provider>

/** A grader as promptfoo takes it: one provider, or one for each kind of call (`text`, `embedding`, …). */
export type Grader = Provider | Readonly<Record<string, Provider>>

/** The graders of a suite. Each is loaded once. */
export interface Graders {
  /** Notes that a check needs its grader. @throws HarnessError `suite` at `at` when none is configured */
  need(assertion: Assertion, test: TestCase, at: SourceLocation): GraderRef
  /** Notes that a custom check asks this one. */
  needNamed(written: unknown, at: SourceLocation): GraderRef
  /** @throws HarnessError `suite` when it cannot be loaded */
  load(ref: GraderRef): Promise<Grader>
  /** Loads every grader a check was found to need, and returns their ids. */
  loadAll(): Promise<readonly string[]>
}

export interface GraderRef {
  readonly written: unknown
  readonly at: SourceLocation
}

const KINDS = new Set(['text', 'embedding', 'classification', 'moderation'])

export function createGraders(suite: Suite, loadProvider: LoadGrader): Graders {
  const loaded = new Map<string, Promise<Provider>>()
  const needed = new Map<unknown, GraderRef>()

  async function load({ written, at }: GraderRef): Promise<Grader> {
    if (isProvider(written)) return written
    const kinds = kindsOf(written)
    if (kinds === undefined) return loadOne(written, at)
    return Object.fromEntries(
      await Promise.all(
        Object.entries(kinds).map(
          async ([kind, one]) => [kind, isProvider(one) ? one : await loadOne(one, at)] as const,
        ),
      ),
    )
  }

  function loadOne(written: unknown, at: SourceLocation): Promise<Provider> {
    const key = JSON.stringify(written)
    let provider = loaded.get(key)
    if (provider === undefined) {
      const spec = specOf(written, suite, at)
      provider = loadProvider(spec).catch((error: unknown) => {
        const { at: place = at, hint } = error instanceof HarnessError ? error : {}
        throw fail(
          'suite',
          `the grader \`${spec.id}\` cannot be loaded: ${messageOf(error)}`,
          place,
          hint,
          error,
        )
      })
      loaded.set(key, provider)
    }
    return provider
  }

  function needNamed(written: unknown, at: SourceLocation): GraderRef {
    const ref = { written, at }
    needed.set(isProvider(written) ? written : JSON.stringify(written), ref)
    return ref
  }

  return {
    load,
    needNamed,
    need(assertion, test, at) {
      const written = graderOf(assertion, test)
      if (written === undefined || written === null || written === '') {
        throw fail(
          'suite',
          `\`${assertion.type}\` asks a model, and the suite names none to ask`,
          at,
          'set defaultTest.options.provider, or the assertion’s own provider',
        )
      }
      return needNamed(written, at)
    },
    async loadAll() {
      const graders = await Promise.all(Array.from(needed.values(), load))
      return graders
        .flatMap((grader) => (isProvider(grader) ? [grader] : Object.values(grader)))
        .map((one) => one.id())
    },
  }
}

/** Who is to grade, as it is written: for the check, for its test, or for all. */
export function graderOf(assertion: Assertion, test: TestCase): unknown {
  return assertion.provider ?? test.options?.provider ?? test.provider
}

/** Whose limits a grader's calls count against, without loading it; undefined where only the loaded one can tell. */
export function graderSpecs(written: unknown, suite: Suite, at: SourceLocation): readonly ProviderSpec[] {
  if (written === undefined || written === null || isProvider(written)) return []
  const all = Object.values(kindsOf(written) ?? { text: written })
  return all.flatMap((one) => (isProvider(one) ? [] : specOf(one, suite, at)))
}

export function isProvider(value: unknown): value is Provider {
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'function'
}

/** `{text: …, embedding: …}`: a grader for each kind of call. */
function kindsOf(written: unknown): Record<string, unknown> | undefined {
  if (typeof written !== 'object' || written === null || 'id' in written) return undefined
  const kinds = Object.entries(written).filter(([kind, one]) => KINDS.has(kind) && Boolean(one))
  return kinds.length === 0 ? undefined : Object.fromEntries(kinds)
}

/** A grader named by a string may be one of the suite's own providers, by its label or id. */
function specOf(written: unknown, suite: Suite, at: SourceLocation): ProviderSpec {
  const options = typeof written === 'string' ? { id: written } : (written as Partial<ProviderSpec>)
  const { id, config, env, label } = options
  if (typeof id !== 'string') {
    throw fail('suite', `a grader must be a provider’s id or an object with an \`id\``, at)
  }
  const own = suite.providers.find((spec) => [spec.key, spec.id, spec.label].includes(id))
  if (own !== undefined && config === undefined) return own
  const path = id.startsWith('file://') && isCodeFile(id) ? pathOf(id, suite, at) : undefined
  const configAsWritten = path === undefined ? configOf(id, config, suite) : asWritten(config)
  return {
    key: label ?? id,
    id,
    ...atPlace({ config, at }, () => servingOf({ id, path, config }, suite)),
    at,
    ...(path !== undefined && { path }),
    ...(label !== undefined && { label }),
    ...(config !== undefined && { config }),
    ...(configAsWritten !== undefined && { configAsWritten }),
    ...(env !== undefined && { env }),
  }
}

/** What is written of its config; where promptfoo is to read the model off a file of its own, with the text of that. */
function configOf(id: string, config: ProviderSpec['config'], suite: Suite): ProviderSpec['configAsWritten'] {
  const file = id.startsWith('file://') ? resolve(suite.dir, id.slice('file://'.length)) : undefined
  if (file === undefined || !existsSync(file)) return asWritten(config)
  return { config: asWritten(config) ?? config, file: readFileSync(file, 'utf8') }
}

function pathOf(id: string, suite: Suite, at: SourceLocation): string {
  return resolveInside(suite.root, suite.dir, id, at, suite.allowOutside ?? false)
}
