import type { CheckContext, CheckVerdict, Configure } from '../harness/model/custom-check.ts'
import { readConfig } from './format/config.ts'
import { rulesOf } from './format/rules.ts'
import { replyText } from './shared/reply-text.ts'
import { failed, passed } from './shared/verdict.ts'

/**
 * Whether the reply has the form that was asked for: `config` names the rules. Score 0 to 1: the share of the rules that hold; it passes when all
 * do. Rules go by the letter, not by the matter of the reply.
 *
 * It can be wrong: `noPreamble` and `noClosing` know the usual English phrases and no others, and an answer may begin with such a phrase in earnest;
 * `markdown` takes a line that begins with a dash or `1.` for a list. Patterns are RE2's: no look-around, no back references.
 */
export default function format(output: unknown, context: CheckContext): CheckVerdict {
  const rules = rulesOf(readConfig(context.config ?? {}))
  const text = replyText(output)
  if (text.trim() === '') return failed('the reply is empty')
  const broken = rules.flatMap(([name, rule]) => {
    const fault = rule(text)
    return fault === undefined ? [] : `${name}: the reply ${fault}`
  })
  const names = rules.map(([name]) => name).join(', ')
  if (broken.length === 0) return passed(`it has the form asked for: ${names}`)
  return failed(broken.join('; '), (rules.length - broken.length) / rules.length)
}

export const configure: Configure = (config) => {
  readConfig(config)
  return {}
}
