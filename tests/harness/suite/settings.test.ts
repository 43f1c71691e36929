import { describe, expect, it } from 'vitest'
import { ASSERTED, placeOf, readFiles, readTests, refused } from './suite-folder.ts'

const read = (assay: string): ReturnType<typeof readTests> =>
  readTests(`${ASSERTED}tests: [{vars: {text: a}}]\nassay:\n  ${assay}\n`)

describe('the gate', () => {
  it('may ship columns that are there, by either half', async () => {
    await expect(
      read(`gate: {ship: [{prompt: prompt-1, provider: echo}, {provider: echo}]}`),
    ).resolves.toBeDefined()
  })

  it('that ships a column that is not there is refused before anything is called', async () => {
    const error = await refused(read('gate: {ship: [{provider: ecco}]}'))
    expect([error.code, placeOf(error), error.message, error.hint]).toEqual([
      'suite',
      'suite.yaml:6',
      'assay.gate.ship: there is no provider `ecco`',
      'did you mean `echo`?',
    ])
    expect((await refused(read('gate: {ship: [{prompt: zero}]}'))).message).toBe(
      'assay.gate.ship: there is no prompt `zero`',
    )
  })
})

describe('a tag that must pass', () => {
  const tagged = (tag: string): ReturnType<typeof readTests> =>
    readTests(
      `${ASSERTED}tests: [{vars: {text: a}, metadata: {tags: [critical]}}]\nassay:\n  gate: {mustPass: {tag: ${tag}}}\n`,
    )

  it('may be one that a case has', async () => {
    await expect(tagged('critical')).resolves.toBeDefined()
  })

  it('is refused when no case has it, before anything is called', async () => {
    const error = await refused(tagged('critcal'))
    expect([error.code, error.message, error.hint]).toEqual([
      'suite',
      'assay.gate.mustPass: no case has the tag `critcal`',
      'did you mean `critical`?',
    ])
    expect(placeOf(error)).toBe('suite.yaml:6')
  })
})

describe('the template of the feedback', () => {
  const template = (text: string): ReturnType<typeof readTests> =>
    read(`feedback: {maxAttempts: 3, template: ${JSON.stringify(text)}}`)

  it('may be left out, and may use everything it is given, filters, loops and the environment too', async () => {
    expect((await read('feedback: {maxAttempts: 3}')).warnings).toEqual([])
    const all =
      '{% if not chat %}{{prompt | trim}}: {{reply}}{% endif %} {{round}} {{env.X}} {{reasons | join(", ")}}'
    expect((await template(all)).warnings).toEqual([])
  })

  it.each([
    ['{% for reason in reasons %}', 'cannot be rendered: ', undefined],
    ['{{ reasons | shout }}', 'cannot be rendered: ', undefined],
    ['{{ prompt }} {{ reason }}', 'prints `reason`, which it is not given', 'did you mean `reasons`?'],
    [
      '{{ reasons }} {{ expected }}',
      'prints `expected`, which it is not given',
      'it is given `prompt`, `reply`, `reasons`, `round`, `chat`',
    ],
    [
      '{{ prompt }} Try again.',
      'does not print `reasons`',
      'add `{% for reason in reasons %}- {{ reason }}{% endfor %}`',
    ],
    ['file://feedback.txt', 'does not print `reasons`', expect.any(String)],
  ])('is refused before anything is called: %s', async (text, problem, hint) => {
    const error = await refused(template(text))
    expect([error.code, placeOf(error)]).toEqual(['suite', 'suite.yaml:6'])
    expect(error.message).toContain(`assay.feedback.template ${problem}`)
    if (hint !== undefined) expect(error.hint).toEqual(hint)
  })

  it('is told of when a text prompt would be lost', async () => {
    expect((await template('Wrong: {{reasons}}')).warnings).toMatchObject([
      { message: expect.stringContaining('does not print `prompt`') as string, at: { line: 6 } },
    ])
  })

  it('need not print the prompt when every prompt is a conversation', async () => {
    const chat = `prompts: ['[{"role": "user", "content": "{{text}}"}]', "- role: user\n  content: '{{text}}'"]`
    const suite = readFiles({
      'suite.yaml': `${chat}\nproviders: [echo]\n${ASSERTED}tests: [{vars: {text: a}}]\nassay: {feedback: {maxAttempts: 2, template: 'Wrong: {{reasons}}'}}\n`,
    })
    expect((await suite).warnings).toEqual([])
  })
})

describe('a setting that is read but not acted on', () => {
  it.each([
    ['cluster: vars.text', 'cluster'],
    ['gate: {confirm: 5}', 'gate.confirm'],
  ])('is told of: %s', async (yaml, key) => {
    expect((await read(yaml)).warnings.map(({ message }) => message)).toEqual([
      `\`assay.${key}\` has no effect yet`,
    ])
  })

  it.each([
    "limits: {'*': {concurrency: 5, rpm: 5, tpm: 5}}",
    'budget: {usd: 1, tokens: 1, calls: 1, minutes: 1}',
  ])('is not seen in one that is: %s', async (yaml) => {
    expect((await read(yaml)).warnings).toEqual([])
  })
})
