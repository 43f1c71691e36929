import type { HarnessError } from '../model/errors.ts'
import type { SourceLocation } from '../model/source.ts'
import type { AssaySettings, Suite, Templates } from '../model/suite.ts'
import { fail } from './config/fail.ts'
import { locate, locateKey } from './config/positions.ts'
import { didYouMean } from './config/suggest.ts'
import { checkFeedbackTemplate } from './feedback-template.ts'
import type { Warn } from './reading.ts'

type Columns = Pick<Suite, 'prompts' | 'providers'> & { readonly templates: Templates }

/**
 * What the schema cannot say of the `assay:` key: the columns that `gate.ship` names must be there, the template of the feedback
 * must render, and a setting that is read but not acted on is told of, so that nobody relies on it.
 * @throws HarnessError `suite` for a column that no prompt and provider make, and for a template that says nothing
 */
export function checkSettings(assay: AssaySettings, columns: Columns, warn: Warn): void {
  for (const named of (assay.gate?.['ship'] ?? []) as readonly Ship[]) {
    refuseUnless(
      columns.prompts.map(({ key }) => key),
      'prompt',
      named,
    )
    refuseUnless(
      columns.providers.map(({ key }) => key),
      'provider',
      named,
    )
  }
  const { feedback } = assay
  if (feedback?.template !== undefined)
    checkFeedbackTemplate(feedback.template, columns, locate(feedback, 'template'), warn)
  for (const { key, at } of withoutEffect(assay)) warn(`\`assay.${key}\` has no effect yet`, at)
}

/**
 * A tag that must pass and that no case has is a slip of the pen, and would be told of after every call was paid for.
 * @throws HarnessError `suite`
 */
export function checkMustPass({ gate }: AssaySettings, tags: ReadonlySet<string>): void {
  const mustPass = gate?.['mustPass'] as { readonly tag: string } | undefined
  if (mustPass === undefined || tags.has(mustPass.tag)) return
  const known = [...tags]
  const hint =
    didYouMean(mustPass.tag, known) ??
    (known.length === 0 ? 'tags are `metadata.tags` of a case' : `there are ${known.slice(0, 10).join(', ')}`)
  const message = `assay.gate.mustPass: no case has the tag \`${mustPass.tag}\``
  throw fail('suite', message, locate(mustPass, 'tag'), hint)
}

interface Ship {
  readonly prompt?: string
  readonly provider?: string
}

function refuseUnless(keys: readonly string[], kind: keyof Ship, named: Ship): void {
  const name = named[kind]
  if (name !== undefined && !keys.includes(name)) throw unknownColumn(keys, kind, name, locate(named, kind))
}

function unknownColumn(
  keys: readonly string[],
  kind: keyof Ship,
  name: string,
  at: SourceLocation | undefined,
): HarnessError {
  const hint = didYouMean(name, keys) ?? `there are ${keys.map((key) => `\`${key}\``).join(', ')}`
  return fail('suite', `assay.gate.ship: there is no ${kind} \`${name}\``, at, hint)
}

function* withoutEffect(assay: AssaySettings): Generator<{ key: string; at: SourceLocation | undefined }> {
  for (const key of ['cluster', 'prices', 'quarantine', 'renamed'] as const)
    if (assay[key] !== undefined) yield { key, at: locateKey(assay, key) }
  const { gate } = assay
  if (gate?.['confirm'] !== undefined) yield { key: 'gate.confirm', at: locateKey(gate, 'confirm') }
}
