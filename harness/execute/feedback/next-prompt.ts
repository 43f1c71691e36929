import type { Templates } from '../../model/suite.ts'
import type { FeedbackVariables } from '../../suite/feedback-template.ts'
import { readChat } from './chat.ts'

/** A reply that was sent back, and why. */
export interface Round {
  readonly reply: string
  /** One line each. */
  readonly reasons: readonly string[]
}

interface NextPrompt {
  /** As the model was first given it. */
  readonly prompt: string
  /** The rounds so far, oldest first. */
  readonly rounds: readonly Round[]
  /** The suite's wording in place of ours. */
  readonly template?: string | undefined
  readonly templates: Templates
}

/**
 * The prompt of the next round. A conversation goes on, in the form it has: each reply is a turn of the model, and what
 * was wrong with it the user's next one. A text prompt is told again with the last reply and what was wrong with that. The
 * suite's template words the user's turn of a conversation, and the whole of a text prompt. Replies and reasons are data to
 * it: nunjucks in them stays text.
 * @throws what the suite's template throws
 */
export function nextPrompt({ prompt, rounds, template, templates }: NextPrompt): string {
  const chat = readChat(prompt)
  const words = (variables: FeedbackVariables): string =>
    template === undefined ? ownWords(variables) : templates.render(template, { ...variables })
  const wordsAfter = ({ reply, reasons }: Round, index: number): string =>
    words({ prompt, reply: shown(reply), reasons, round: index + 2, chat: chat !== undefined })
  if (chat === undefined) {
    const last = rounds.at(-1)
    return last === undefined ? prompt : wordsAfter(last, rounds.length - 1)
  }
  return chat.append(
    rounds.flatMap((round, index) => [
      { role: 'assistant', text: shown(round.reply) },
      { role: 'user', text: wordsAfter(round, index) },
    ]),
  )
}

function ownWords({ prompt, reply, reasons, chat }: FeedbackVariables): string {
  const again = [
    'Your answer was not accepted:',
    ...reasons.map((reason) => `- ${reason}`),
    '',
    'Answer again. Give the whole answer, in the form that was asked for, and nothing about the correction.',
  ].join('\n')
  return chat ? again : `${prompt}\n\nYou answered:\n\n${reply}\n\n${again}`
}

/** Protocols refuse a turn without text. */
function shown(reply: string): string {
  return reply.trim() === '' ? '(empty)' : reply
}
