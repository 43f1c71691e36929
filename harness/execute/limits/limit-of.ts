import type { AccountLimit, ProviderSpec, Suite } from '../../model/suite.ts'

/**
 * What is written about an account's limits. Each figure is the first of the suite's `assay.limits` that states it and whose
 * pattern matches the account, its scheme (`bedrock` of `bedrock:amazon.nova-lite-v1:0`) or one of its providers; accounts that
 * share a pattern have its figures each for itself, as vendors count by model. Concurrency: the override, else that, else promptfoo's
 * `maxConcurrency`; absent where nothing says, and then it adapts.
 */
export function limitOf(
  account: string,
  suite: Pick<Suite, 'assay' | 'providers' | 'maxConcurrency'>,
  override: number | undefined,
): AccountLimit {
  const { assay, providers, maxConcurrency } = suite
  const members = providers.filter((spec) => spec.account === account)
  const names = [
    account,
    account.split(':', 1)[0] ?? account,
    ...members.flatMap(({ key, id }: ProviderSpec) => [key, id]),
  ]
  const matching = Object.entries(assay.limits ?? {}).flatMap(([pattern, limit]) => {
    const expression = globExpression(pattern)
    return names.some((name) => expression.test(name)) ? [limit] : []
  })
  const first = (figure: keyof AccountLimit) =>
    matching.find((limit) => limit[figure] !== undefined)?.[figure]
  const concurrency = override ?? first('concurrency') ?? maxConcurrency
  return {
    concurrency: concurrency && Math.max(1, Math.floor(concurrency)),
    rpm: first('rpm'),
    tpm: first('tpm'),
  }
}

/** `*` stands for anything, slashes and colons included: provider ids are no paths. */
function globExpression(pattern: string): RegExp {
  const escaped = pattern.split('*').map((part) => part.replaceAll(/[\\^$.+?()[\]{}|]/g, String.raw`\$&`))
  return new RegExp(`^${escaped.join('.*')}$`, 's')
}
