import grounded from '../../../assertions/grounded.ts'
import type { CheckContext, CheckVerdict } from '../../../harness/model/custom-check.ts'

/** Three documents we wrote: a lease, a supply contract, a company's history. */
export const DOCUMENTS = [
  {
    id: 'lease',
    text: `This lease is made on 3 May 2024 between Helen Marsh (the "Landlord") and Tobias Brandt (the "Tenant").
The monthly rent is 950 euros and is due on the first day of each month. A deposit of 1,900 euros is held by the Landlord.
The Tenant may not sublet the flat. The Tenant may keep a cat, but no dogs are allowed.
Either party may terminate this lease by giving three months' written notice. Heating costs are not included in the rent.
The Landlord must repair the boiler within fourteen days after a defect is reported. "Quiet hours begin at ten in the evening", the house rules say.`,
  },
  {
    id: 'supply',
    text: `Norwell Foods Ltd supplies flour to Castle Bakeries GmbH. Norwell Foods shall deliver 40 tonnes every week to the mill in Leeds.
Castle Bakeries pays within 30 days of each invoice. For late payment, interest of 4.5 % a year is owed.
Liability of either side shall not exceed 2.5 million pounds. This contract is governed by the laws of England.
The contract begins on 2025-01-01 and ends on 31 December 2027. Prices rose by 3 % after the first year.`,
  },
  {
    id: 'history',
    text: `Orla Quinn founded Tidewater in 1998. In 2006 Tidewater acquired Bluefin. Bluefin makes sonar devices.
Tidewater employs 1,240 people in Galway. The GDPR audit was passed without findings in March 2021.
Model TX-900 weighs 12 kg. Its predecessor weighed 15 kg.`,
  },
]

/** The verdict on a reply, by default against all three documents. */
export function check(
  output: unknown,
  config: Record<string, unknown> = {},
  besides: Partial<CheckContext> = {},
): CheckVerdict {
  const verdict = grounded(output, { config: { context: DOCUMENTS, ...config }, ...besides })
  if (verdict instanceof Promise) throw new TypeError('this reply asks a judge')
  return verdict
}

/** What is said of the marked parts. */
export function notesOf({ metadata }: CheckVerdict): string[] {
  return (metadata?.marks ?? []).map(({ note }) => note ?? '')
}
