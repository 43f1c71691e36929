import { count } from '../../../format/figures.ts'
import { explainFilter } from '../filter/explain.ts'
import type { Problem } from '../filter/parse.ts'
import type { Term } from '../filter/term.ts'
import { InlineText } from '../safe-text/inline-text.tsx'
import type { SearchProgress } from './text-search.ts'

interface FilterStatusProps {
  readonly id: string
  readonly terms: readonly Term[]
  readonly problems: readonly Problem[]
  readonly progress: SearchProgress | undefined
  /** Why texts cannot be searched. */
  readonly searchProblem: string | undefined
}

/** What the filter means, or what is wrong with it, and how far the search through the texts is. */
export function FilterStatus({ id, terms, problems, progress, searchProblem }: FilterStatusProps) {
  const [problem] = problems
  const shown = terms.length === 0 ? 'all cells' : explainFilter(terms)
  return (
    <div class="filter-status">
      <p id={id} class={problem === undefined ? 'quiet' : 'warn'}>
        {problem === undefined ? (
          <InlineText text={shown} limit={400} />
        ) : (
          <>
            <span aria-hidden="true">▲ </span>
            <InlineText text={problem.message} limit={400} />{' '}
            <span class="quiet">
              Shown still: <InlineText text={shown} limit={400} />
            </span>
          </>
        )}
      </p>
      {progress !== undefined && (
        <p class="quiet">
          <progress value={progress.done} max={1} aria-label="Texts searched" /> searched{' '}
          {Math.floor(progress.done * 100)}% of the texts, {count(progress.found)} found
        </p>
      )}
      {searchProblem !== undefined && (
        <p class="warn" role="status">
          <InlineText text={searchProblem} limit={400} />
        </p>
      )}
    </div>
  )
}
