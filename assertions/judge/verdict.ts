import { parseReplyJson } from '../shared/json.ts'
import type { Rubric } from './rubric.ts'

/** What one member of a panel said; `why` there is no verdict otherwise. */
export type MemberVerdict<T> =
  | { readonly verdict: T; readonly reasoning: string }
  | { readonly verdict: null; readonly why: string }

export type Winner = 'first' | 'second' | 'tie'

const LONGEST_REASONING = 300

/** What some models write before their reply: drafts of a verdict are none. */
const THOUGHTS = /^\s*<think>[\s\S]*?<\/think>/

/** A level of the rubric, from `{"reasoning": …, "level": …}`. Anything else is no verdict. */
export function readLevel(reply: string, { levels }: Rubric): MemberVerdict<number> {
  return readVerdict(reply, 'level', (value) => {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
    return levels.find(({ level }) => level === number)?.level ?? null
  })
}

/** Who won, from `{"reasoning": …, "winner": …}`. */
export function readWinner(reply: string): MemberVerdict<Winner> {
  return readVerdict(reply, 'winner', (value) => {
    const word = typeof value === 'string' ? value.trim().toLowerCase() : ''
    return word === 'first' || word === 'second' || word === 'tie' ? word : null
  })
}

function readVerdict<T>(reply: string, key: string, accept: (value: unknown) => T | null): MemberVerdict<T> {
  const said = reply.replace(THOUGHTS, '')
  const parsed = parseReplyJson(said)
  if ('error' in parsed) return { verdict: null, why: `it replied with no verdict: ${parsed.error}` }
  const { value, how } = parsed
  // Which of them is its own, and which one it quotes, nobody can tell.
  if (how !== 'strict' && verdictsIn(said, key) > 1)
    return { verdict: null, why: `it replied with more than one \`${key}\`` }
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key))
    return { verdict: null, why: `its verdict has no \`${key}\`` }
  const { [key]: given, reasoning } = value as Record<string, unknown>
  const verdict = accept(given)
  if (verdict === null)
    return { verdict: null, why: `its \`${key}\` is none of those asked for: ${excerpt(given)}` }
  return { verdict, reasoning: typeof reasoning === 'string' ? excerpt(reasoning) : '' }
}

/** Verdicts that differ, wherever they stand in the reply. */
function verdictsIn(reply: string, key: string): number {
  const values = reply.matchAll(new RegExp(`"${key}"\\s*:\\s*("[^"]*"|[^\\s,}]*)`, 'g'))
  return new Set(Array.from(values, ([, value = '']) => value.replaceAll('"', '').trim().toLowerCase())).size
}

/** On one line, and not for long. */
function excerpt(said: unknown): string {
  const text = typeof said === 'string' ? said : (JSON.stringify(said) ?? '')
  const line = text
    .slice(0, 4 * LONGEST_REASONING)
    .replaceAll(/\s+/g, ' ')
    .trim()
  return line.length > LONGEST_REASONING ? `${line.slice(0, LONGEST_REASONING).toWellFormed()}…` : line
}
