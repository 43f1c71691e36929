import { quoted } from '../../../assertions/shared/quote.ts'
import { replyJson } from '../../../assertions/shared/json.ts'
import { failed, passed } from '../../../assertions/shared/verdict.ts'
import type { CheckContext, CheckVerdict } from '../../../harness/model/custom-check.ts'

/**
 * Holds when the reply's quote and order number stand in the mail word for word, spacing apart. Score 0 to 1: the share of the two that
 * does. Needs no answer of a person, and its reasons may go back to the model.
 * @throws where the case has no mail
 */
export default function standsInMail(output: unknown, { vars = {} }: CheckContext): CheckVerdict {
  if (typeof vars['mail'] !== 'string') throw new Error('the case has no variable `mail`')
  const found = replyJson(output)
  if ('error' in found) return failed(found.error)
  const mail = flat(vars['mail'])
  const { quote, order_id: order = null } = (found.value ?? {}) as Record<string, unknown>
  const wrong = [
    typeof quote === 'string' && quote.trim() !== '' && mail.includes(flat(quote))
      ? undefined
      : `\`quote\` has to be a sentence of the mail, word for word; ${told(quote)} is not`,
    order === null || (typeof order === 'string' && mail.includes(flat(order)))
      ? undefined
      : `\`order_id\` ${told(order)} does not stand in the mail`,
  ].filter((problem) => problem !== undefined)
  return wrong.length === 0
    ? passed('quote and order number stand in the mail')
    : failed(wrong.join('; '), 1 - wrong.length / 2)
}

function flat(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

function told(value: unknown): string {
  return typeof value === 'string' ? quoted(value) : (JSON.stringify(value) ?? 'nothing').slice(0, 80)
}
