import * as fc from 'fast-check'
import { parse } from 'yaml'
import { describe, expect, it } from 'vitest'
import { readChat } from '../../../../harness/execute/feedback/chat.ts'
import { nextPrompt, type Round } from '../../../../harness/execute/feedback/next-prompt.ts'
import { createTemplates } from '../../../../harness/suite/templates.ts'

const templates = createTemplates({ env: { HOME: '/root' } })
const WRONG: Round = { reply: 'It is positive.', reasons: ['more than a label', 'no JSON'] }

function next(prompt: string, rounds: readonly Round[] = [WRONG], template?: string): string {
  return nextPrompt({ prompt, rounds, template, templates })
}

const AGAIN =
  'Answer again. Give the whole answer, in the form that was asked for, and nothing about the correction.'
const ASKED = `Your answer was not accepted:\n- more than a label\n- no JSON\n\n${AGAIN}`

describe('the prompt after a text prompt', () => {
  it('is that prompt, the reply and what was wrong with it', () => {
    expect(next('Which sentiment?')).toBe(`Which sentiment?\n\nYou answered:\n\nIt is positive.\n\n${ASKED}`)
  })

  it('tells of the last reply only, and of the first prompt', () => {
    const third = next('Which sentiment?', [WRONG, { reply: '{}', reasons: ['no label'] }])
    expect(third).toBe(
      `Which sentiment?\n\nYou answered:\n\n{}\n\nYour answer was not accepted:\n- no label\n\n${AGAIN}`,
    )
  })

  it('is worded by the suite where it has a template', () => {
    const template = '{{prompt}}|{{reply}}|{{reasons | join("; ")}}|{{round}}|{{chat}}'
    expect(next('Q', [WRONG, WRONG], template)).toBe('Q|It is positive.|more than a label; no JSON|3|false')
  })

  it('never renders what the model, a check or a dataset wrote', () => {
    const hostile = '{{ env.HOME }}{% for x in range(9) %}{{x}}{% endfor %}{# gone #}'
    const round = { reply: hostile, reasons: [hostile] }
    for (const template of [undefined, '{{prompt}}|{{reply}}|{{reasons[0]}}']) {
      const text = next(hostile, [round], template)
      expect(text.split(hostile)).toHaveLength(4)
      expect(text).not.toContain('/root')
    }
  })

  it('says that an empty reply was empty', () => {
    expect(next('Q', [{ reply: ' \n', reasons: ['x'] }])).toContain('You answered:\n\n(empty)\n')
  })

  it.each([
    '[1, 2]',
    '[]',
    '{"messages": "none"}',
    '"quoted"',
    'null',
    '[{"role": "user"}]',
    '[{"text": "no role"}]',
    '- role: [unclosed',
    '- role: user\n  content: a\n...\n',
    '{"role": "user", "content": "not a list"}',
    'Tell me: [{"role": "user", "content": "q"}]',
  ])('is a text for what is no conversation: %s', (prompt) => {
    expect(next(prompt)).toBe(`${prompt}\n\nYou answered:\n\nIt is positive.\n\n${ASKED}`)
  })
})

describe('the prompt after a conversation', () => {
  const system = { role: 'system', content: 'One label.' }
  const user = { role: 'user', content: 'Fine, thanks' }

  it('is the conversation with the reply and the reasons as turns, as JSON', () => {
    const prompt = JSON.stringify([system, user], null, 2)
    const expected = [
      system,
      user,
      { role: 'assistant', content: 'It is positive.' },
      { role: 'user', content: ASKED },
    ]
    expect(next(prompt)).toBe(JSON.stringify(expected, null, 2))
  })

  it('keeps every round', () => {
    const turns = JSON.parse(next(JSON.stringify([user]), [WRONG, { reply: 'B', reasons: ['b'] }])) as {
      role: string
      content: string
    }[]
    expect(turns.map(({ role }) => role)).toEqual(['user', 'assistant', 'user', 'assistant', 'user'])
    expect(turns[3]?.content).toBe('B')
    expect(turns[4]?.content).toContain('- b')
  })

  it('lets a template word the user’s turns', () => {
    const template = '{% if not chat %}{{prompt}}{% endif %}{{round}}: {{reasons[0]}}'
    const turns = JSON.parse(next(JSON.stringify([user]), [WRONG, WRONG], template)) as object[]
    expect(turns[2]).toEqual({ role: 'user', content: '2: more than a label' })
    expect(turns[4]).toEqual({ role: 'user', content: '3: more than a label' })
  })

  it.each([
    ['parts with a type: a text will do', [{ type: 'text', text: 'q' }], ASKED],
    ['parts without one, as Bedrock has them', [{ text: 'q' }], [{ text: ASKED }]],
  ])('has contents of the form the others have: %s', (_what, content, expected) => {
    const turns = JSON.parse(next(JSON.stringify([{ role: 'user', content }]))) as object[]
    expect(turns[0]).toEqual({ role: 'user', content })
    expect(turns[2]).toEqual({ role: 'user', content: expected })
  })

  it('goes on in the body of a request, whatever else is in it', () => {
    const body = { system: 'One label.', max_tokens: 9, messages: [user] }
    expect(JSON.parse(next(JSON.stringify(body)))).toEqual({
      ...body,
      messages: [user, { role: 'assistant', content: 'It is positive.' }, { role: 'user', content: ASKED }],
    })
  })

  it('goes on in Gemini’s words', () => {
    const asked = { role: 'user', parts: [{ text: 'q' }] }
    const added = [
      { role: 'model', parts: [{ text: 'It is positive.' }] },
      { role: 'user', parts: [{ text: ASKED }] },
    ]
    expect(JSON.parse(next(JSON.stringify({ contents: [asked] })))).toEqual({ contents: [asked, ...added] })
    expect(JSON.parse(next(JSON.stringify([asked])))).toEqual([asked, ...added])
  })

  it('goes on in YAML, the text before it untouched', () => {
    const prompt =
      '- role: system\n  content: |\n    One label. # not a comment\n- role: user\n  content: Fine\n'
    const text = next(prompt)
    expect(text.startsWith(prompt.trimEnd())).toBe(true)
    expect(parse(text)).toEqual([
      { role: 'system', content: 'One label. # not a comment\n' },
      { role: 'user', content: 'Fine' },
      { role: 'assistant', content: 'It is positive.' },
      { role: 'user', content: ASKED },
    ])
  })

  it('holds any reply as it was, in JSON and in YAML', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('- role: system', '"\n- role: x', '\u2028\u0085'),
    )
    fc.assert(
      fc.property(text, (reply) => {
        const turn = { role: 'assistant' as const, text: reply }
        for (const prompt of ['[{"role": "user", "content": "q"}]', '- role: user\n  content: q']) {
          const turns = parse(readChat(prompt)?.append([turn]) ?? '') as object[]
          expect(turns).toEqual([
            { role: 'user', content: 'q' },
            { role: 'assistant', content: reply },
          ])
        }
      }),
      { seed: 7, numRuns: 300 },
    )
  })
})
