import type { Chat, Turn } from '../../chat/chat.ts'
import { textPart } from '../../chat/read-part.ts'

const BEGINS = /^\s*(?:system|user):/i
const LINE = /^\s*(system|user|assistant):(.*)$/i

/**
 * A text whose lines say who speaks: `user: …`, `assistant: …`. promptfoo's Bedrock providers take such a text for a chat, and
 * suites are written for them. Only one that begins so: that a role is named further on may be what the text is about.
 */
export function transcriptOf(prompt: string): Chat | undefined {
  if (!BEGINS.test(prompt)) return undefined
  const system: string[] = []
  const turns: { role: Turn['role']; lines: string[] }[] = []
  let open: (typeof turns)[number] | undefined
  for (const line of prompt.split('\n')) {
    const [, word, rest = ''] = LINE.exec(line) ?? []
    const role = word?.toLowerCase()
    if (role === 'system') {
      system.push(rest.trim())
      open = undefined
    } else if (role === 'user' || role === 'assistant') {
      open = { role, lines: rest.trim() === '' ? [] : [rest.trim()] }
      turns.push(open)
    } else {
      if (open === undefined) turns.push((open = { role: 'user', lines: [] }))
      open.lines.push(line)
    }
  }
  return {
    system: system.map(textPart),
    turns: turns.map(({ role, lines }) => ({ role, parts: [textPart(lines.join('\n'))] })),
  }
}
