import type { Suite } from '../model/suite.ts'
import type { Redactor } from './redact.ts'
import { makeRedactor } from './redact.ts'
import { secretsInConfig, secretsInProviders } from './secrets.ts'

/**
 * What takes secrets out of the record of a suite: the environment's, its own, and whatever its patterns match.
 * @throws HarnessError `suite` on a pattern that cannot be used
 */
export function suiteRedactor(
  { env: own, secrets, providers, assay }: Pick<Suite, 'env' | 'secrets' | 'providers' | 'assay'>,
  env: Readonly<Record<string, string | undefined>>,
): Redactor {
  // Those of a suite that code has made, too.
  const known = secretsInProviders(providers, secretsInConfig({ env: own }, { ...secrets }))
  return makeRedactor({ env, secrets: known, patterns: assay.redact })
}

/**
 * What takes secrets out of what the keys of recorded replies are made of. The suite's patterns are no part of it: what they hide
 * tells one question from another, and adding one would make every reply unknown that it fits.
 */
export function keyRedactor(
  suite: Parameters<typeof suiteRedactor>[0],
  env: Parameters<typeof suiteRedactor>[1],
): Redactor {
  return suiteRedactor({ ...suite, assay: { ...suite.assay, redact: undefined } }, env)
}
