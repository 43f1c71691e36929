import type { ReportInput } from '../../../../harness/model/report.ts'
import { count } from '../../../format/figures.ts'
import { InlineText } from '../safe-text/inline-text.tsx'
import { LISTED, UNITS } from './limits.ts'
import { More } from './more.tsx'

/** Errors with their counts. */
export function Errors({ input: { analysis } }: { readonly input: ReportInput }) {
  const { errors } = analysis
  if (errors.length === 0) return null
  return (
    <>
      <h3>Errors</h3>
      <p class="quiet">A cell whose call or check broke is missing, not failed.</p>
      <ul>
        {errors.slice(0, LISTED.errors).map(({ message, count: n }) => (
          <li>
            {count(n)} × <InlineText text={message} limit={UNITS.reason} />
          </li>
        ))}
      </ul>
      <More of={errors.length} listed={LISTED.errors} noun="message" />
    </>
  )
}
