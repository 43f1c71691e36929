import { cards, ibans } from './bank.ts'
import { birthDates } from './birth-date.ts'
import { emails } from './email.ts'
import type { Finder } from './found.ts'
import { allIps, publicIps } from './ip.ts'
import { ninos, ssns, steuerIds } from './national-ids.ts'
import { phones } from './phone.ts'

/** What each kind is called, one and many. */
export const NAMES = {
  email: ['e-mail address', 'e-mail addresses'],
  iban: ['IBAN', 'IBANs'],
  card: ['payment card', 'payment cards'],
  ssn: ['Social Security number', 'Social Security numbers'],
  nino: ['National Insurance number', 'National Insurance numbers'],
  steuer_id: ['German tax id', 'German tax ids'],
  birth_date: ['date of birth', 'dates of birth'],
  ip: ['IP address', 'IP addresses'],
  phone: ['telephone number', 'telephone numbers'],
} as const

export type Kind = keyof typeof NAMES

/** In the order in which a part of a text is claimed: what has check digits before what has only a form. */
export const KINDS = Object.keys(NAMES) as readonly Kind[]

const FINDERS: Readonly<Record<Exclude<Kind, 'ip'>, Finder>> = {
  email: emails,
  iban: ibans,
  card: cards,
  ssn: ssns,
  nino: ninos,
  steuer_id: steuerIds,
  birth_date: birthDates,
  phone: phones,
}

export function finderOf(kind: Kind, ip: 'public' | 'all'): Finder {
  if (kind !== 'ip') return FINDERS[kind]
  return ip === 'all' ? allIps : publicIps
}
