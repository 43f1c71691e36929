import type { AccountLimit, ProviderSpec, Suite } from '../model/suite.ts'

/** Calls in flight per account where neither the suite nor the command line says. */
const DEFAULT_CONCURRENCY = 10

/**
 * How many calls of an account may be in flight: the override, else the first of the suite's `assay.limits` whose
 * pattern matches the account or one of its providers, else promptfoo's `maxConcurrency`, else 10.
 */
export function concurrencyOf(account: string, suite: Suite, override: number | undefined): number {
  const limit =
    override ?? limitOf(account, suite)?.concurrency ?? suite.maxConcurrency ?? DEFAULT_CONCURRENCY
  return Math.max(1, Math.floor(limit))
}

function limitOf(account: string, { assay, providers }: Suite): AccountLimit | undefined {
  const members = providers.filter((spec) => spec.account === account)
  const names = [account, ...members.flatMap(({ key, id }: ProviderSpec) => [key, id])]
  const found = Object.entries(assay.limits ?? {}).find(([pattern, limit]) => {
    const expression = globExpression(pattern)
    return limit.concurrency !== undefined && names.some((name) => expression.test(name))
  })
  return found?.[1]
}

/** `*` stands for anything, slashes and colons included: provider ids are no paths. */
function globExpression(pattern: string): RegExp {
  const escaped = pattern.split('*').map((part) => part.replaceAll(/[\\^$.+?()[\]{}|]/g, String.raw`\$&`))
  return new RegExp(`^${escaped.join('.*')}$`, 's')
}
