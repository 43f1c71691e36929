import { messageOf } from '../model/errors.ts'
import type { SourceLocation } from '../model/source.ts'
import type { Suite, Templates } from '../model/suite.ts'
import { fail } from './config/fail.ts'
import { didYouMean } from '../model/suggest.ts'
import type { Warn } from './reading.ts'
import { requiredVariables } from './render/required-variables.ts'

/** What `assay.feedback.template` may print. All of it is data: nothing in it is rendered. */
export interface FeedbackVariables {
  /** The prompt of the first round. */
  readonly prompt: string
  /** What the model answered last. */
  readonly reply: string
  /** What its checks found wrong, one line each. */
  readonly reasons: readonly string[]
  /** The round to come: 2 for the first one with feedback. */
  readonly round: number
  /** True where the prompt is a conversation: prompt and reply stand in it, and the template makes the next user turn alone. */
  readonly chat: boolean
}

const SAMPLE: FeedbackVariables = {
  prompt: '<the prompt>',
  reply: '<the reply>',
  reasons: ['<a reason>'],
  round: 2,
  chat: false,
}

/** A prompt that looks like JSON, or like the YAML of a conversation. */
const CONVERSATION = /^\s*(?:\[|\{(?![{%#])|- role:)/

/**
 * @throws HarnessError `suite` for a template that cannot be rendered, prints a variable it is not given, or does not print
 *   the reasons
 */
export function checkFeedbackTemplate(
  template: string,
  { prompts, templates }: { readonly prompts: Suite['prompts']; readonly templates: Templates },
  at: SourceLocation | undefined,
  warn: Warn,
): void {
  const refuse = (problem: string, hint?: string): Error =>
    fail('suite', `assay.feedback.template ${problem}`, at, hint)
  const broken = templates.problemOf(template)
  if (broken !== undefined) throw refuse(`cannot be rendered: ${broken}`)
  const names = Object.keys(SAMPLE)
  const unknown = requiredVariables(template).find((name) => !names.includes(name))
  if (unknown !== undefined) {
    const hint = didYouMean(unknown, names) ?? `it is given ${names.map((name) => `\`${name}\``).join(', ')}`
    throw refuse(`prints \`${unknown}\`, which it is not given`, hint)
  }
  let sample: string
  try {
    sample = templates.render(template, { ...SAMPLE })
  } catch (error) {
    throw refuse(`cannot be rendered: ${messageOf(error).replaceAll(/\s+/g, ' ')}`)
  }
  if (!sample.includes('<a reason>'))
    throw refuse('does not print `reasons`', 'add `{% for reason in reasons %}- {{ reason }}{% endfor %}`')
  const isText = prompts.some(
    ({ raw, function: compute }) => compute === undefined && !CONVERSATION.test(raw),
  )
  if (isText && !sample.includes(SAMPLE.prompt))
    warn(
      '`assay.feedback.template` does not print `prompt`: after a text prompt the model is not shown it again',
      at,
    )
}
