import type { Case } from '../model/case.ts'
import type { Column } from '../model/cell.ts'
import { HarnessError } from '../model/errors.ts'
import type { Selection } from '../model/plan.ts'
import type { Suite } from '../model/suite.ts'
import { didYouMean } from '../model/suggest.ts'
import { selectsPrompt, selectsProvider } from './match.ts'

const SHOWN_NAMES = 20

/**
 * The columns a selection leaves.
 * @throws HarnessError `empty` for a reference that names nothing, telling what there was.
 */
export function selectColumns(suite: Suite, columns: readonly Column[], selection: Selection): Column[] {
  const { prompts, providers } = selection
  for (const ref of prompts ?? []) {
    if (suite.prompts.some((prompt) => selectsPrompt(ref, prompt))) continue
    throw nothingCalled(
      'prompt',
      ref,
      suite.prompts.map(({ key }) => key),
    )
  }
  for (const ref of providers ?? []) {
    if (suite.providers.some((spec) => selectsProvider(ref, spec, suite.dir))) continue
    throw nothingCalled(
      'provider',
      ref,
      suite.providers.map(({ key }) => key),
    )
  }
  const selected = columns.filter(
    ({ prompt, provider }) =>
      (prompts === undefined || prompts.some((ref) => selectsPrompt(ref, prompt))) &&
      (providers === undefined || providers.some((ref) => selectsProvider(ref, provider, suite.dir))),
  )
  if (selected.length > 0) return selected
  throw new HarnessError('empty', 'no prompt and provider that were selected are used together', {
    hint: `the suite runs: ${listed(columns.map(({ prompt, provider }) => `${prompt.key} on ${provider.key}`))}`,
  })
}

/** A test of whether a case is selected, by its tags and by its text. */
export function caseSelector({ filter, tags }: Selection): (testCase: Case) => boolean {
  // A sticky or global expression would remember where it last matched.
  const pattern = filter && new RegExp(filter.source, filter.flags.replaceAll(/[gy]/g, ''))
  return (testCase) => {
    if (tags !== undefined && !tags.some((tag) => testCase.tags.includes(tag))) return false
    return pattern === undefined || textsOf(testCase).some((text) => pattern.test(text))
  }
}

function textsOf({ description, id, vars }: Case): string[] {
  const values = Object.values(vars).map((value) =>
    typeof value === 'string' ? value : (JSON.stringify(value) ?? ''),
  )
  return [description ?? '', id, ...values]
}

/** What a walk over all cases found: enough to explain why nothing was left. */
export interface CasesSeen {
  readonly cases: number
  readonly matching: number
  readonly tags: ReadonlySet<string>
}

/** Why a selection, or a suite's own filters, left no cell. */
export function nothingSelected(suite: Suite, selection: Selection, seen: CasesSeen): HarnessError {
  const { filter, tags, cellIds, sample } = selection
  if (seen.cases === 0) return new HarnessError('empty', `${suite.file} has no test case`)
  const unknownTag = tags?.find((tag) => !seen.tags.has(tag))
  if (seen.matching === 0 && unknownTag !== undefined) return nothingCalled('tag', unknownTag, [...seen.tags])
  if (seen.matching === 0) {
    const by = [filter && `the filter ${String(filter)}`, tags && `the tags ${tags.join(', ')}`].filter(
      Boolean,
    )
    return new HarnessError('empty', `${by.join(' with ')} matches none of the ${seen.cases} cases`, {
      hint: 'a filter is matched against the description, the id and the values of the vars',
    })
  }
  if (sample !== undefined && sample.n < 1)
    return new HarnessError('empty', 'a sample of 0 cases runs nothing')
  if (cellIds !== undefined) {
    return new HarnessError('empty', `none of the ${cellIds.size} cells asked for is in this suite`, {
      hint: 'their cases, prompts or providers have changed since, or none was to be repeated',
    })
  }
  return new HarnessError('empty', 'the `prompts` and `providers` filters of the test cases leave no cell')
}

function nothingCalled(
  kind: 'prompt' | 'provider' | 'tag',
  ref: string,
  names: readonly string[],
): HarnessError {
  const have = names.length === 0 ? `there is no ${kind}` : `the suite has: ${listed(names)}`
  const hint = [didYouMean(ref, names), have].filter((part) => part !== undefined).join(' ')
  return new HarnessError('empty', `no ${kind} matches "${ref}"`, { hint })
}

function listed(names: readonly string[]): string {
  const unique = [...new Set(names)]
  const more = unique.length > SHOWN_NAMES ? ` and ${unique.length - SHOWN_NAMES} more` : ''
  return unique.slice(0, SHOWN_NAMES).join(', ') + more
}
