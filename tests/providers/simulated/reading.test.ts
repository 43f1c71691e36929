import { describe, expect, it } from 'vitest'
import { readPrompt } from '../../../providers/simulated/prompt/read-prompt.ts'

describe('reading a prompt', () => {
  it('tells instruction, examples and input apart by headings', () => {
    const reading = readPrompt(
      'Sort tickets.\n\nTicket: My card was charged twice\nTeam: billing\n\nTicket: The app crashes\nTeam: technical\n\nTicket: Refund please\nTeam:',
    )
    expect(reading.examples).toEqual([
      { input: 'My card was charged twice', output: 'billing' },
      { input: 'The app crashes', output: 'technical' },
    ])
    expect(reading.input).toBe('Refund please')
    expect(reading.instruction.trim()).toBe('Sort tickets.')
    expect(reading.labelSet?.labels).toEqual(['billing', 'technical'])
  })

  it('takes nothing inside a tag or a fence for an example or a heading', () => {
    const mail = 'Subject: hello\nSentiment: positive\n\nbye'
    for (const block of [
      `<email>\n${mail}\n</email>`,
      `Email:\n"""\n${mail}\n"""`,
      `Email:\n\`\`\`\n${mail}\n\`\`\``,
    ]) {
      const reading = readPrompt(`Answer with one of: positive, negative.\n\n${block}\n\nSentiment:`)
      expect(reading.input).toBe(mail)
      expect(reading.examples).toEqual([])
    }
  })

  it('keeps the markup of an e-mail in the input', () => {
    const reading = readPrompt('Positive or negative?\n\n<email>\n<p>Hi<br>there</p>\n</email>\n\nSentiment:')
    expect(reading.input).toBe('<p>Hi<br>there</p>')
  })

  it('reads examples in tags', () => {
    const example = (text: string, label: string): string =>
      `<example><text>${text}</text><label>${label}</label></example>`
    const reading = readPrompt(
      `Classify.\n<examples>${example('so good', 'yes')}${example('so bad', 'no')}</examples>\n<text>fine</text>`,
    )
    expect(reading.examples).toEqual([
      { input: 'so good', output: 'yes' },
      { input: 'so bad', output: 'no' },
    ])
    expect(reading.input).toBe('fine')
  })

  it('reads chat turns as examples', () => {
    const reading = readPrompt(
      JSON.stringify([
        { role: 'system', content: 'Answer with one of: up, down' },
        { role: 'user', content: 'rose by 3' },
        { role: 'assistant', content: 'up' },
        { role: 'user', content: [{ type: 'text', text: 'fell by 2' }] },
      ]),
    )
    expect(reading.examples).toEqual([{ input: 'rose by 3', output: 'up' }])
    expect(reading.input).toBe('fell by 2')
    expect(reading.labelSet?.labels).toEqual(['up', 'down'])
  })

  it('takes a turn that sends the answer back for a correction of the same task', () => {
    const reading = readPrompt(
      JSON.stringify([
        { role: 'user', content: 'Answer with one of: up, down\n\nText: fell by 2\nTrend:' },
        { role: 'assistant', content: 'up' },
        { role: 'user', content: 'Your previous answer failed: expected something else. Try again.' },
      ]),
    )
    expect(reading.input).toBe('fell by 2')
    expect(reading.corrected).toBe('up')
    expect(reading.examples).toEqual([])
  })

  it.each([
    ['Answer with exactly one of: a1, b2, c3.', ['a1', 'b2', 'c3']],
    ['Classify the text as spam or ham.', ['spam', 'ham']],
    ['Labels: red | green | blue', ['red', 'green', 'blue']],
    ["Choose from 'low', 'mid' and 'high'.", ['low', 'mid', 'high']],
    ['Pick a category.\n- billing: money\n- shipping: parcels', ['billing', 'shipping']],
  ])('finds the labels in %j', (instruction, labels) => {
    expect(readPrompt(`${instruction}\n\nText: x\nLabel:`).labelSet?.labels).toEqual(labels)
  })

  it('finds no labels where none are offered', () => {
    expect(
      readPrompt('Summarise the text for busy, tired or bored readers.\n\nText: x').labelSet,
    ).toBeUndefined()
  })

  it('reads documents with their names, and the question', () => {
    const reading = readPrompt(
      '<documents><document id="a">One.</document><document id="b">Two.</document></documents>\nQuestion: How many?',
    )
    expect(reading.documents).toEqual([
      { id: 'a', text: 'One.' },
      { id: 'b', text: 'Two.' },
    ])
    expect(reading.input).toBe('How many?')
  })

  it('reads text that is nearly chat JSON as text', () => {
    expect(readPrompt('[not json').input).toBe('[not json')
    expect(readPrompt('[{"role": "villain", "content": "x"}]').input).toContain('villain')
  })

  it('survives the empty prompt, a lone surrogate, and a megabyte of open tags', () => {
    expect(readPrompt('').input).toBe('')
    expect(readPrompt('\uD800').input).toBe('\uD800')
    expect(readPrompt('<x>'.repeat(350_000)).documents).toEqual([])
  })
})
