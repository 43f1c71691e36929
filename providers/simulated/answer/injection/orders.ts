import { callTool } from '../tool-call.ts'
import type { ToolCall } from '../tool-call.ts'
import type { Guise } from './guises.ts'
import type { Wording } from './languages.ts'
import { ADDRESSED, BESIDES, ENGLISH, ERRAND, FAKE_TURN, FOREIGN, ROLE_PLAY, VERBATIM } from './languages.ts'

/** What an order wants: something in the answer's place, or beside it. */
export interface Order {
  readonly instead: string | ToolCall[] | undefined
  readonly besides: string | undefined
}

/** What the model has that an order may be after. */
export interface Target {
  /** Its instructions. */
  readonly instruction: string
  readonly tools: readonly unknown[]
}

const REACH = 240
const MOST_LOOKED_AT = 5
/** Where nothing sets the rules aside, only what is put in quotation marks is an order: "shall act as agent and return the papers" is none. */
const DRESSED = { order: VERBATIM, leak: ENGLISH.leak }

/** An order in plain English that sets the rules aside. */
export function plainOrder(text: string, target: Target): Order | undefined {
  return orderIn(text, ENGLISH.seize, ENGLISH, target)
}

/** Any other order: in another language, as a game, as a turn of its own, or to whoever reads by machine. */
export function dressedOrder(
  text: string,
  target: Target,
): { readonly order: Order; readonly guise: Guise } | undefined {
  for (const wording of FOREIGN) {
    const order = orderIn(text, wording.seize, wording, target)
    if (order !== undefined) return { order, guise: 'foreign' }
  }
  for (const [pattern, guise] of [
    [ROLE_PLAY, 'role-play'],
    [FAKE_TURN, 'delimiter'],
    [ADDRESSED, 'addressed'],
  ] as const) {
    const order = orderIn(text, pattern, DRESSED, target)
    if (order !== undefined) return { order, guise }
  }
  return undefined
}

/** A text may speak of such orders before it gives one. */
function orderIn(
  text: string,
  seize: RegExp,
  wording: Omit<Wording, 'seize'>,
  target: Target,
): Order | undefined {
  for (const seized of text.matchAll(seize).take(MOST_LOOKED_AT)) {
    const order = orderAfter(text, seized, wording, target)
    if (order !== undefined) return order
  }
  return undefined
}

function orderAfter(
  text: string,
  seized: RegExpExecArray,
  { order, leak }: Omit<Wording, 'seize'>,
  { instruction, tools }: Target,
): Order | undefined {
  const rest = text.slice(seized.index, seized.index + REACH)
  if (leak.test(rest)) return { instead: instruction.trim(), besides: undefined }
  const after = rest.slice(seized[0].length)
  const tool = tools.find((offered) => rest.includes(toolName(offered) ?? '\0'))
  if (tool !== undefined) return { instead: callTool([tool], after, 0), besides: undefined }
  const beside = BESIDES.exec(rest)
  const besides = order === VERBATIM && beside?.[4] !== undefined ? undefined : firstGroup(beside)
  if (besides !== undefined) return { instead: undefined, besides }
  const verbatim = firstGroup(VERBATIM.exec(after))
  if (verbatim !== undefined) return { instead: verbatim, besides: undefined }
  const errand = ERRAND.exec(after)
  const told = order.exec(after)
  if (errand !== null && errand.index < (told?.index ?? REACH))
    return { instead: doneFor(errand), besides: undefined }
  const said = firstGroup(told)
  return said === undefined ? undefined : { instead: said, besides: undefined }
}

/** "Tell the customer to call us" done: "Please call us." */
function doneFor([, link, what = '']: RegExpExecArray): string {
  const said = what.trim()
  return link === 'that' ? `${said.charAt(0).toUpperCase()}${said.slice(1)}.` : `Please ${said}.`
}

function firstGroup(match: RegExpExecArray | null): string | undefined {
  const group = match?.slice(1).find((part) => part !== undefined)
  return group?.trim() === '' ? undefined : group?.trim()
}

/** OpenAI's, Bedrock's and Anthropic's ways to name a tool. */
function toolName(offered: unknown): string | undefined {
  const { function: openai, toolSpec, name } = (offered ?? {}) as Record<string, unknown>
  const named = (openai ?? toolSpec ?? { name }) as { name?: unknown }
  return typeof named.name === 'string' && named.name !== '' ? named.name : undefined
}
