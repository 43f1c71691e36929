import { stem } from '../text.ts'

/** Words of papers and letters that stand for each other when something is looked for. */
const GROUPS = [
  'effective effect commence commences commencement begin begins beginning start starts force entry',
  'end ends expire expires expiry expiration lapse lapses termination until',
  'due payable deadline',
  'term duration lasts continues',
  'notice notify notification',
  'renew renewal renews extend extended extends extension prolong prolonged prolongation',
  'auto automatic automatically tacitly',
  'liability liable answerable',
  'unlimited uncapped boundless',
  'change amend modify alter vary adjust amendment modification',
  'unilateral discretion unilaterally publishing posting',
  'exclusive exclusively exclusivity sole solely',
  'compete competes competing competition competitor',
  'assign assignment transfer transfers',
  'liquidated penalty contractual',
  'damages penalty compensation',
  'indemnity indemnify indemnifies indemnified',
  'broad any whatever regardless kind',
  'law laws jurisdiction governed',
  'party parties between undersigned',
  'price fee cost charge rent salary sum amount',
  'person name called',
  'deliver delivery shipped ship arrives arrival',
  'buy purchase order ordered bought',
  'problem issue fault defect complaint broken',
  'customer client buyer',
  'supplier seller vendor',
] as const

/** For each stem, the stems that are related to it. */
export const RELATED: ReadonlyMap<string, ReadonlySet<string>> = relate()

function relate(): Map<string, Set<string>> {
  const related = new Map<string, Set<string>>()
  for (const group of GROUPS) {
    const stems = new Set(group.split(' ').map(stem))
    for (const one of stems) related.set(one, new Set([...(related.get(one) ?? []), ...stems]))
  }
  return related
}
