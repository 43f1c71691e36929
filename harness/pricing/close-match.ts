import type { MatchLogic, ModelInfo } from '@pydantic/genai-prices'

/** What may stand behind a model's name without making another model of it: a snapshot's date or number, a stage, a version. */
const SNAPSHOT = [
  String.raw`20\d\d-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\d|3[01])`,
  String.raw`[01]\d-20\d\d`,
  String.raw`[01]\d-[0-3]\d`,
  String.raw`\d{4}`,
  String.raw`00\d`,
  'latest|preview|exp|experimental',
  String.raw`v\d+`,
]
const TAIL = new RegExp(String.raw`^(?:[-@:]?(?:${SNAPSHOT.join('|')})(?![a-z\d]))*(?::\d+)?$`)

/** `-v1:0` at the end of Bedrock's ids. */
const VERSION = /(?:-v(?<major>\d+))?(?::(?<minor>\d+))?$/

/** Fine-tuned models are called by whatever name their owner gave them, and cost the same. */
const FINE_TUNED = /^ft:|\.ft-$/

/**
 * True when `id` is a name of the entry, up to its snapshot and version. The table matches by prefixes and parts of names, so that
 * `gemini-1.5-flash` would also price `gemini-1.5-flash-8b`, and Sonnet 5 a Sonnet 5.5 to come: no price is better than that one.
 */
export function matchesClosely({ id: entry, match }: ModelInfo, id: string): boolean {
  const name = entry.toLowerCase()
  return equals(match, id) || (isSameVersion(id, name) && (isNamed(match, id) || begins(id, name)))
}

function equals(match: MatchLogic, id: string): boolean {
  if ('or' in match) return match.or.some((each) => equals(each, id))
  return 'equals' in match && id === match.equals.toLowerCase()
}

function isNamed(match: MatchLogic, id: string): boolean {
  if ('or' in match) return match.or.some((each) => isNamed(each, id))
  // The table has found all parts of the conjunction to hold; one that names the model is enough.
  if ('and' in match) return match.and.some((each) => isNamed(each, id))
  if ('equals' in match) return false
  if ('starts_with' in match) return begins(id, match.starts_with.toLowerCase())
  if ('ends_with' in match) return endsWithName(id, match.ends_with.toLowerCase())
  if ('contains' in match) return holds(id, match.contains.toLowerCase())
  // A pattern that is tied to both ends says what it means.
  return /^\^[^(].*\$$/.test(match.regex) && new RegExp(match.regex).test(id)
}

function begins(id: string, name: string): boolean {
  return id.startsWith(name) && (FINE_TUNED.test(name) || isTail(id, name.length))
}

function endsWithName(id: string, name: string): boolean {
  return id.endsWith(name) && isHead(id.slice(0, -name.length))
}

function holds(id: string, name: string): boolean {
  const start = id.indexOf(name)
  return start !== -1 && isHead(id.slice(0, start)) && isTail(id, start + name.length)
}

/** Whoever routes or makes a model stands before its name: `us.anthropic.`, `publishers/google/models/`. */
function isHead(head: string): boolean {
  return head === '' || /[./]$/.test(head)
}

function isTail(id: string, from: number): boolean {
  let start = from
  // A name may end within a date: what it cuts through is judged as a whole.
  if (/[a-z\d]/.test(id.charAt(from))) while (/[a-z\d]/.test(id.charAt(start - 1))) start--
  return TAIL.test(id.slice(start))
}

function isSameVersion(id: string, entry: string): boolean {
  const [asked, known] = [versionOf(id), versionOf(entry)]
  return (
    (asked.major === undefined || asked.major === (known.major ?? '1')) &&
    (asked.minor === undefined || asked.minor === (known.minor ?? '0'))
  )
}

function versionOf(id: string): { readonly major?: string; readonly minor?: string } {
  return VERSION.exec(id)?.groups ?? {}
}
