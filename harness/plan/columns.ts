import type { Case } from '../model/case.ts'
import type { Column } from '../model/cell.ts'
import { HarnessError } from '../model/errors.ts'
import type { Suite } from '../model/suite.ts'
import { isComparison } from '../verify/assertion-kind.ts'
import { columnHash, providerHash } from './identity.ts'
import { isPromptAllowed, isProviderAllowed } from './match.ts'
import { hashProviderFile } from './provider-file.ts'

/**
 * Every column of a suite: each prompt on each provider whose `prompts` filter allows it, in promptfoo's order.
 * Columns of equal content (the same model under two labels) are told apart by an occurrence number.
 * @throws HarnessError `suite` when two columns have the same name, or a provider file cannot be read.
 */
export async function columnsOf(suite: Suite): Promise<Column[]> {
  const columns: Column[] = []
  const named = new Map<string, Column>()
  const occurrences = new Map<string, number>()
  for (const provider of suite.providers) {
    const fileHash = provider.path === undefined ? undefined : await hashProviderFile(provider, provider.path)
    const ownHash = providerHash(provider, fileHash)
    for (const prompt of suite.prompts) {
      if (!isPromptAllowed(prompt, provider.prompts)) continue
      const content = columnHash(prompt, provider, fileHash)
      const occurrence = (occurrences.get(content) ?? 0) + 1
      occurrences.set(content, occurrence)
      const hash = occurrence === 1 ? content : `${content}-${occurrence}`
      const column: Column = { index: columns.length, prompt, provider, hash, providerHash: ownHash }
      refuseNamesake(named, column)
      columns.push(column)
    }
  }
  return columns
}

function refuseNamesake(named: Map<string, Column>, column: Column): void {
  const { prompt, provider } = column
  const name = JSON.stringify([prompt.key, provider.key])
  const other = named.get(name)
  if (other !== undefined) {
    const samePrompt = other.prompt === prompt
    const what = samePrompt
      ? `two providers are called "${provider.key}"`
      : `two prompts are called "${prompt.key}"`
    throw new HarnessError('suite', what, {
      at: samePrompt ? provider.at : prompt.at,
      hint: 'give one of them a `label` of its own: results are named by it',
    })
  }
  named.set(name, column)
}

/**
 * The columns that answer a case, given its own `prompts` and `providers` filters. One that is run besides knows which cases it
 * answers; those whose checks compare columns are not among them, since it must not be compared with the others.
 */
export function columnsFor(testCase: Case, columns: readonly Column[], dir: string): readonly Column[] {
  const { prompts, providers } = testCase.test
  const all = prompts === undefined && providers === undefined
  if (all && !columns.some(({ extra }) => extra !== undefined)) return columns
  return columns.filter(
    ({ prompt, provider, extra }) =>
      isPromptAllowed(prompt, prompts) &&
      isProviderAllowed(provider, providers, dir) &&
      (extra === undefined || (extra.cases?.has(testCase.id) !== false && !comparesColumns(testCase))),
  )
}

/** True for a case whose verdict needs the replies of several columns. */
export function comparesColumns({ checks }: Case): boolean {
  return checks.some(({ assertion }) => isComparison(assertion.type))
}
