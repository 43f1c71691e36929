import { plainAddress } from './email.ts'
import { folded } from './folded.ts'
import { finderOf, KINDS, type Kind } from './kinds.ts'

/** A piece of personal data in a text: offsets into it, and its value as it is compared. */
export interface PersonalDatum {
  readonly kind: Kind
  readonly start: number
  readonly end: number
  /** As a reader sees it: without invisible characters. */
  readonly seen: string
  /** As two of them are compared: the same however it is set. */
  readonly value: string
}

/** The personal data of a text, in order, none within another. */
export function personalDataIn(
  text: string,
  kinds: ReadonlySet<Kind>,
  ip: 'public' | 'all',
): PersonalDatum[] {
  const { text: plain, origin } = folded(text)
  const found: PersonalDatum[] = []
  const taken = new Uint8Array(plain.length)
  // What is another kind's is not taken for a telephone number, though that kind is not asked for.
  for (const kind of KINDS) {
    for (const { start, end } of finderOf(kind, ip)(plain)) {
      if (taken.subarray(start, end).includes(1)) continue
      taken.fill(1, start, end)
      const seen = plain.slice(start, end)
      if (kinds.has(kind))
        found.push({ kind, start: origin(start), end: origin(end), seen, value: valueOf(kind, seen) })
    }
  }
  return found.sort((a, b) => a.start - b.start)
}

function valueOf(kind: Kind, seen: string): string {
  if (kind === 'email') return comparable(plainAddress(seen))
  return kind === 'ip' ? comparable(seen) : comparable(seen).replaceAll('.', '')
}

/** Without spaces, hyphens and case. */
export function comparable(value: string): string {
  return value.toLowerCase().replaceAll(/[^\p{L}\p{N}@.]/gu, '')
}

/** As much of a value as tells a reader which one is meant, and nobody who it is. */
export function redacted({ kind, seen }: PersonalDatum): string {
  if (kind !== 'email') return `…${seen.slice(-2)}`
  const [local = '', domain = ''] = plainAddress(seen).split('@')
  const top = domain.slice(domain.lastIndexOf('.'))
  return domain === '' ? `${local.slice(0, 1)}…` : `${local.slice(0, 1)}…@${domain.slice(0, 1)}…${top}`
}
