import type { Chat, Part, Turn } from '../../chat/chat.ts'
import { readChat } from '../../chat/read-chat.ts'
import { textPart } from '../../chat/read-part.ts'
import type { Settings } from '../config/settings.ts'
import { Refused } from './refused.ts'
import { transcriptOf } from './transcript.ts'

/**
 * The prompt as a chat that Bedrock takes: turns of user and assistant that alternate, blank texts left out. A system prompt
 * with nobody who asks is asked itself.
 * @throws Refused
 */
export function conversationOf(prompt: string, settings: Settings): Chat {
  const { system } = settings
  const transcript = transcriptOf(prompt)
  const read =
    transcript === undefined
      ? readChat(prompt, system)
      : { ...transcript, system: [...(system === undefined ? [] : [textPart(system)]), ...transcript.system] }
  const said = read.system.filter(isSaid)
  const turns = alternating(read.turns)
  if (turns.length === 0) {
    const [first] = said
    if (first === undefined) throw new Refused('the prompt says nothing: it is empty, or blank')
    return { system: [], turns: [{ role: 'user', parts: said }] }
  }
  if (turns[0]?.role !== 'user')
    throw new Refused('the first turn of the chat is the assistant’s: Bedrock wants a user’s')
  return { system: said, turns }
}

function alternating(turns: readonly Turn[]): Turn[] {
  const joined: { role: Turn['role']; parts: Part[] }[] = []
  for (const { role, parts } of turns) {
    const said = parts.filter(isSaid)
    if (said.length === 0) continue
    const last = joined.at(-1)
    if (last?.role === role) last.parts.push(...said)
    else joined.push({ role, parts: said })
  }
  return joined
}

/** Bedrock refuses texts of nothing but white space. */
function isSaid(part: Part): boolean {
  return part.kind !== 'text' || part.text.trim() !== ''
}
