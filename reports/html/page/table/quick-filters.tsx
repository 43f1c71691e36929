import { count } from '../../../format/figures.ts'
import type { Status, Term } from '../filter/term.ts'

/** Statuses of which a cell has at most one: two of them pressed mean either. */
const FAMILIES: readonly (readonly Status[])[] = [
  ['regressed', 'improved', 'same'],
  ['passed', 'failed', 'errored'],
]

export interface QuickFilter {
  readonly status: Status
  readonly title: string
  readonly rows: number
}

interface QuickFiltersProps {
  readonly filters: readonly QuickFilter[]
  readonly terms: readonly Term[]
  readonly onTerms: (terms: readonly Term[]) => void
}

/** What a reviewer looks for first, by one press. */
export function QuickFilters({ filters, terms, onTerms }: QuickFiltersProps) {
  return (
    <div class="quick" role="group" aria-label="Quick filters">
      {filters.map(({ status, title, rows }) => {
        const pressed = isOn(terms, status)
        return (
          <button
            key={status}
            type="button"
            aria-pressed={pressed}
            disabled={rows === 0 && !pressed}
            onClick={() => onTerms(toggled(terms, status))}
          >
            {title} <span class="quiet">{count(rows)}</span>
          </button>
        )
      })}
    </div>
  )
}

function isOn(terms: readonly Term[], status: Status): boolean {
  return terms.some((term) => isOwn(term, status) && term.statuses.includes(status))
}

/** The filter with a status added to it, or taken out. */
export function toggled(terms: readonly Term[], status: Status): Term[] {
  const at = terms.findIndex((term) => isOwn(term, status))
  const found = terms[at]
  if (found?.kind !== 'status') return [...terms, { kind: 'status', negated: false, statuses: [status] }]
  const statuses = found.statuses.includes(status)
    ? found.statuses.filter((one) => one !== status)
    : [...found.statuses, status]
  return statuses.length === 0 ? terms.toSpliced(at, 1) : terms.toSpliced(at, 1, { ...found, statuses })
}

/** Whether a term asks for nothing but this status and those of its family. */
function isOwn(term: Term, status: Status): term is Term & { readonly kind: 'status' } {
  const family = FAMILIES.find((one) => one.includes(status)) ?? [status]
  return term.kind === 'status' && !term.negated && term.statuses.every((one) => family.includes(one))
}
