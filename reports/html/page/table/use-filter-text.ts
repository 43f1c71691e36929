import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { lex } from '../filter/lexer.ts'
import { parseFilter, type Problem } from '../filter/parse.ts'
import { printFilter } from '../filter/print.ts'
import type { Term } from '../filter/term.ts'
import type { Vocabulary } from '../filter/vocabulary.ts'
import type { View } from '../state/use-view.ts'

/** ms after its last letter before a word is looked for: until then it may become a key. */
const WORD_MS = 200

interface FilterText {
  /** What stands in the field. */
  readonly text: string
  readonly problems: readonly Problem[]
  readonly type: (text: string) => void
  /** Nothing more is typed: a word at the end counts at once. */
  readonly finish: () => void
  readonly setTerms: (terms: readonly Term[]) => void
}

/** The text in the filter's field. Only what reads well becomes the filter: the table keeps the last good one. */
export function useFilterText({ state, change, arrivals }: View, vocabulary: Vocabulary): FilterText {
  const [text, setText] = useState(state.q)
  const waiting = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(() => {
    clearTimeout(waiting.current)
    setText(state.q)
  }, [arrivals])
  const { problems } = useMemo(() => parseFilter(text, vocabulary), [text, vocabulary])
  const take = (typed: string) => {
    clearTimeout(waiting.current)
    waiting.current = undefined
    if (parseFilter(typed, vocabulary).problems.length === 0) change({ q: typed }, 'replace')
  }
  return {
    text,
    problems,
    type(typed) {
      setText(typed)
      clearTimeout(waiting.current)
      if (endsInWord(typed)) waiting.current = setTimeout(() => take(typed), WORD_MS)
      else take(typed)
    },
    finish() {
      if (waiting.current !== undefined) take(text)
    },
    setTerms(terms) {
      const q = printFilter(terms)
      clearTimeout(waiting.current)
      setText(q)
      change({ q }, 'push')
    },
  }
}

function endsInWord(typed: string): boolean {
  const last = lex(typed).at(-1)
  return last !== undefined && last.end === typed.length && last.key === undefined && !typed.endsWith('"')
}
