import type { ReportInput } from '../../../../harness/model/report.ts'
import { SPEND_FIGURES, spendParts } from '../../../format/spending.ts'
import { Figure, ScrollTable } from './scroll-table.tsx'

/** What models, feedback and graders took, each apart, and all together. */
export function Spending({ input: { analysis } }: { readonly input: ReportInput }) {
  const parts = spendParts(analysis)
  if (parts.length === 0) return null
  return (
    <>
      <h3>Spending</h3>
      <ScrollTable
        label="Spending"
        caption="Calls made in this run; a replayed reply was paid for by another."
        head={[{ title: 'spent on' }, ...SPEND_FIGURES.map(({ label }) => ({ title: label, number: true }))]}
      >
        {parts.map(({ label, spend }) => (
          <tr>
            <th scope="row">{label}</th>
            {SPEND_FIGURES.map(({ of }) => (
              <Figure>{of(spend)}</Figure>
            ))}
          </tr>
        ))}
      </ScrollTable>
    </>
  )
}
