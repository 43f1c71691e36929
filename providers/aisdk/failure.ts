import type { Failure } from '../../harness/model/failure.ts'
import { failureOfThrown } from '../../harness/model/failures/failure-of.ts'
import { CutStreamError } from './ask.ts'
import type { Vendor } from './vendor.ts'
import { NAMES } from './vendor.ts'
import { WrongReplyError } from './wire/exchange.ts'

/** What the AI SDK throws where Anthropic's stream begins with an event that it cannot read. */
const NO_FIRST_EVENT = 'Expected a normalized Anthropic stream error'

interface Circumstances {
  readonly vendor: Vendor
  readonly cutShort: Failure | undefined
  readonly isStreamed: boolean
}

/** Characters of a message that are kept: some quote whole replies. */
const LONGEST = 1000

/** The failure behind whatever the AI SDK threw, or the vendor sent in its stream. */
export function failureOf(error: unknown, { vendor, cutShort, isStreamed }: Circumstances): Failure {
  if (cutShort !== undefined) return cutShort
  if (error instanceof CutStreamError)
    return { kind: 'unavailable', message: `${NAMES[vendor]}: ${error.message}` }
  if (error instanceof WrongReplyError) {
    return { kind: 'invalid', message: `${NAMES[vendor]}: ${error.message}` }
  }
  const { status, ...failure } = failureOfThrown(error)
  const links = chainOf(error)
  if (messageIn(links[0]) === NO_FIRST_EVENT) {
    return {
      kind: 'invalid',
      message: `${NAMES[vendor]}: the stream begins with what is no event of the protocol`,
    }
  }
  const isAnswered = status !== undefined && status < 400
  // The AI SDK hands a broken connection on as an answer that could not be processed.
  const told = isAnswered || status === undefined ? deepest(links) : messageIn(links[0])
  const said = told === '' ? failure.message : told
  return {
    ...failure,
    message: `${NAMES[vendor]}${lead(status, isStreamed)}: ${said}`.slice(0, LONGEST).toWellFormed(),
    ...(status !== undefined && !isAnswered && { status }),
  }
}

function lead(status: number | undefined, isStreamed: boolean): string {
  if (status === undefined) return ''
  if (status < 400) return isStreamed ? ' broke off' : ' did not answer properly'
  return ` answered ${status}`
}

type Link = Readonly<Record<string, unknown>>

function chainOf(error: unknown): Link[] {
  const links: Link[] = []
  for (let link = error; isLink(link) && links.length < 5; link = link['cause']) links.push(link)
  return links
}

function isLink(value: unknown): value is Link {
  return typeof value === 'object' && value !== null
}

function deepest(links: readonly Link[]): string {
  return messageIn(links.findLast((link) => messageIn(link) !== ''))
}

function messageIn(link: Link | undefined): string {
  const message = link?.['message']
  return typeof message === 'string' ? message.trim() : ''
}
