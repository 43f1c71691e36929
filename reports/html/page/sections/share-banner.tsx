import type { ReportInput } from '../../../../harness/model/report.ts'
import { counted } from '../../../format/figures.ts'
import { InlineText } from '../safe-text/inline-text.tsx'
import { UNITS } from './limits.ts'

const NAMED = 12

/** What is left out of a page that was made to be handed on. */
export function ShareBanner({ share }: { readonly share: ReportInput['share'] }) {
  if (share === undefined) return null
  const { cases } = share
  return (
    <p class="notice shared">
      <strong>This copy was made to be shared: prompts and replies are left out</strong>
      {cases === undefined && ', except those of the cases that the verdict names.'}
      {cases?.length === 0 && ', all of them.'}
      {cases !== undefined && cases.length > 0 && (
        <>
          , except those of {counted(cases.length, 'case')}:{' '}
          <InlineText text={cases.slice(0, NAMED).join(', ')} limit={UNITS.line} />
          {cases.length > NAMED && ' …'}.
        </>
      )}{' '}
      Figures are of all cells. Ids of cases, labels, tags, names of files and the command line stay as they
      are.
    </p>
  )
}
