import { counted } from '../../../format/figures.ts'
import { printTerm } from '../filter/print.ts'
import type { Term } from '../filter/term.ts'
import { visibleText } from '../safe-text/marks.ts'

interface NothingProps {
  readonly terms: readonly Term[]
  /** True while texts are being searched. */
  readonly isSearching: boolean
  readonly countOf: (terms: readonly Term[]) => number | undefined
  readonly onTerms: (terms: readonly Term[]) => void
}

/** Tokens that are offered to be taken out: each costs a look at all rows. */
const OFFERED = 8

/** What to do where no cell matches. */
export function Nothing({ terms, isSearching, countOf, onTerms }: NothingProps) {
  if (isSearching) return <div class="nothing">Nothing found yet …</div>
  return (
    <div class="nothing">
      <p>No cell matches{terms.length > 1 ? ' all of these together' : ''}.</p>
      <p>
        {terms.slice(0, OFFERED).map((term, i) => {
          const others = terms.toSpliced(i, 1)
          const count = countOf(others)
          return (
            <button key={i} type="button" onClick={() => onTerms(others)}>
              Remove <code>{visibleText(printTerm(term))}</code>
              {count !== undefined && `: ${counted(count, 'cell')}`}
            </button>
          )
        })}
        {terms.length > 1 && (
          <button type="button" onClick={() => onTerms([])}>
            Clear the filter
          </button>
        )}
      </p>
    </div>
  )
}
