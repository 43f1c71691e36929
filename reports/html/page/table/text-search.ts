import type { Term } from '../filter/term.ts'
import type { Vocabulary } from '../filter/vocabulary.ts'
import type { FullTextSearch } from '../model/report-data.ts'

/** ms after the last letter before texts are searched: reading them all takes longer than typing a word. */
const PAUSE_MS = 150

/** Searches whose answers are kept. */
const KEPT = 24

/** Words that are looked for together: a text must hold all. */
type Words = readonly string[]

export interface SearchProgress {
  /** Of 1. */
  readonly done: number
  readonly found: number
}

/** Full-text search as the table uses it: answers are kept, and come in bit by bit. */
export interface TextSearch {
  /** Sees to it that these are searched for, and nothing else. */
  want(groups: readonly Words[]): void
  /** For each row: 1 where its texts hold the words, as far as was searched; undefined before anything was found. */
  found(words: Words): Uint8Array | undefined
  /** Whether all texts were searched for these words. */
  readonly isDone: (words: Words) => boolean
  /** What is being searched; undefined where all is done. */
  progress(): SearchProgress | undefined
  /** Why texts cannot be searched. */
  problem(): string | undefined
}

interface Answer {
  readonly bits: Uint8Array
  count: number
  done: number
  complete: boolean
}

/** @param onChange something was found, or a search has ended */
export function createTextSearch(rows: number, search: FullTextSearch, onChange: () => void): TextSearch {
  const answers = new Map<string, Answer>()
  let wanted: readonly Words[] = []
  let running: string | undefined
  let problem: string | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  const isDone = (words: Words) => answers.get(keyOf(words))?.complete === true
  const missing = () => wanted.filter((words) => !isDone(words))

  async function next(): Promise<void> {
    const [words] = missing()
    if (words === undefined) return
    const key = keyOf(words)
    const answer: Answer = { bits: new Uint8Array(rows), count: 0, done: 0, complete: false }
    if (answers.size >= KEPT) answers.delete(answers.keys().next().value as string)
    answers.set(key, answer)
    running = key
    const isCurrent = () => running === key && answers.get(key) === answer
    try {
      const all = await search.find(words, (found, done, of) => {
        if (!isCurrent()) return
        take(answer, found)
        answer.done = of === 0 ? 1 : done / of
        onChange()
      })
      if (!isCurrent()) return
      take(answer, all)
      answer.complete = true
    } catch (error) {
      if (!isCurrent()) return
      problem = `Texts cannot be searched: ${error instanceof Error ? error.message : String(error)}`
      wanted = []
    }
    running = undefined
    onChange()
    await next()
  }

  return {
    want(groups) {
      clearTimeout(timer)
      wanted = groups
      problem = undefined
      const keys = missing().map(keyOf)
      if (running !== undefined && keys.includes(running)) return
      if (running !== undefined) {
        running = undefined
        search.stop()
      }
      if (keys.length > 0) timer = setTimeout(() => void next(), PAUSE_MS)
    },
    isDone,
    found: (words) => answers.get(keyOf(words))?.bits,
    progress() {
      const left = missing()
      if (left.length === 0) return undefined
      const answer = answers.get(keyOf(left[0] as Words))
      const before = wanted.length - left.length
      return { done: (before + (answer?.done ?? 0)) / wanted.length, found: answer?.count ?? 0 }
    },
    problem: () => problem,
  }
}

function take(answer: Answer, found: Uint32Array): void {
  for (const row of found) {
    if (answer.bits[row] === 1) continue
    answer.bits[row] = 1
    answer.count++
  }
}

/**
 * What to search for: words that no case is called by go together, in one pass over the texts; a word that names a case may be
 * found there instead, and one that must not be there is looked for alone.
 */
export function searchGroups(terms: readonly Term[], vocabulary: Vocabulary): Words[] {
  const alone: Words[] = []
  const together: string[] = []
  for (const term of terms) {
    if (term.kind !== 'text') continue
    if (term.negated || vocabulary.casesWith(term.text).includes(1)) alone.push([term.text])
    else together.push(term.text)
  }
  return together.length === 0 ? alone : [together, ...alone]
}

function keyOf(words: Words): string {
  return JSON.stringify(words.map((word) => word.toLowerCase()))
}
