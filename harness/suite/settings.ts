import type { AssaySettings, Suite, Templates } from '../model/suite.ts'
import { fail } from './config/fail.ts'
import { locate } from './config/positions.ts'
import { didYouMean } from '../model/suggest.ts'
import { checkFeedbackTemplate } from './feedback-template.ts'
import { checkRenamed, checkShip } from './gate-columns.ts'
import type { Warn } from './reading.ts'

type Columns = Pick<Suite, 'prompts' | 'providers'> & { readonly templates: Templates }

/**
 * What the schema cannot say of the `assay:` key: the columns that it names must be there, a gate must say which of several ship,
 * and the template of the feedback must render.
 * @throws HarnessError `suite` for a column that no prompt and provider make, and for a template that says nothing
 */
export function checkSettings(assay: AssaySettings, columns: Columns, warn: Warn): void {
  checkShip(assay, columns)
  checkRenamed(assay, columns)
  const { feedback } = assay
  if (feedback?.template !== undefined)
    checkFeedbackTemplate(feedback.template, columns, locate(feedback, 'template'), warn)
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
