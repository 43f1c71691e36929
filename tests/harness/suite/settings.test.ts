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

describe('a gate of a suite with several columns', () => {
  const suiteWith = (
    gate: string,
    providers = '[echo, {id: echo, label: "loud: echo"}]',
  ): ReturnType<typeof readFiles> =>
    readFiles({
      'suite.yaml': `prompts: ['{{text}}']\nproviders: ${providers}\n${ASSERTED}tests: [{vars: {text: a}}]\nassay:\n  gate: ${gate}\n`,
    })

  it.each([
    '{floors: {pass: 0.8}}',
    '{margin: 0.05}',
    '{metrics: [pass]}',
    '{latency: {p95Ms: 1}}',
    '{confirm: 5}',
  ])('must say which of them ship: %s', async (gate) => {
    const error = await refused(suiteWith(gate))
    expect([error.code, placeOf(error), error.message]).toEqual([
      'suite',
      'suite.yaml:6',
      'assay.gate: the suite has 2 columns, and the gate does not say which of them ship',
    ])
    expect(error.hint).toContain('add `ship: [{prompt: prompt-1, provider: echo}]` to it')
  })

  it('is told the line in YAML that can be pasted, whatever a column is called', async () => {
    const error = await refused(suiteWith('{margin: 0.05}', '[{id: echo, label: "loud: echo"}, echo]'))
    expect(error.hint).toContain('`ship: [{prompt: prompt-1, provider: "loud: echo"}]`')
    const gate = `{margin: 0.05, ship: [{prompt: prompt-1, provider: "loud: echo"}]}`
    await expect(suiteWith(gate)).resolves.toBeDefined()
  })

  it.each(['{onUnavailable: neutral}', '{}', '{alpha: 0.1}'])(
    'need not when it limits nothing: %s',
    async (gate) => {
      await expect(suiteWith(gate)).resolves.toBeDefined()
    },
  )

  it('need not when a filter leaves one column', async () => {
    const providers = '[echo, {id: echo, label: other, prompts: []}]'
    await expect(suiteWith('{margin: 0.05}', providers)).resolves.toBeDefined()
  })
})

describe('a metric that gates', () => {
  const suiteWith = (gate: string, check: string, more = ''): ReturnType<typeof readFiles> =>
    readFiles({
      'suite.yaml': `prompts: ['{{text}}']\nproviders: [echo]\ntests: [{vars: {text: a}, assert: [${check}]}]\nderivedMetrics: [{name: f1, value: accuracy}]\nassay:\n  gate: ${gate}\n${more}`,
    })
  const NAMED = '{type: assert-set, assert: [{type: contains, value: a, metric: accuracy}]}'

  it('may be one that a check or a derived metric yields, and the two that every suite has', async () => {
    const feedback = '  feedback: {maxAttempts: 2}\n'
    await expect(
      suiteWith('{metrics: [pass, pass_first, accuracy, f1]}', NAMED, feedback),
    ).resolves.toBeDefined()
  })

  it('is no first try where there is no feedback, and a floor of one is the floor of the only try', async () => {
    const error = await refused(suiteWith('{metrics: [pass, pass_first]}', NAMED))
    expect([error.code, placeOf(error), error.message, error.hint]).toEqual([
      'suite',
      'suite.yaml:6',
      'assay.gate.metrics: `pass_first` is the first of several tries, and the suite has no `feedback`',
      'gate on `pass`, or add `feedback: { maxAttempts: 2 }`',
    ])
    await expect(suiteWith('{floors: {pass_first: 0.5}}', NAMED)).resolves.toBeDefined()
  })

  it('is refused when no check can yield it, before anything is called', async () => {
    const error = await refused(suiteWith('{metrics: [pass, acuracy]}', NAMED))
    expect([error.code, placeOf(error), error.message, error.hint]).toEqual([
      'suite',
      'suite.yaml:6',
      'assay.gate.metrics: no check yields the metric `acuracy`',
      'did you mean `accuracy`?',
    ])
    const floor = await refused(suiteWith('{floors: {tone: 0.8}}', NAMED))
    expect(floor.message).toBe('assay.gate.floors: no check yields the metric `tone`')
    expect(floor.hint).toBe(
      'there are `pass`, `pass_first`, `f1`, `accuracy`: the `metric` of a check names one',
    )
  })

  it.each([
    `{type: javascript, value: 'true'}`,
    `{type: contains, value: a, metric: '{{text}}'}`,
    `{type: llm-rubric, value: a, provider: echo}`,
  ])('may be any where code, a model or a template may name it: %s', async (check) => {
    await expect(suiteWith('{metrics: [tone]}', check)).resolves.toBeDefined()
  })
})

describe('a column that was renamed', () => {
  it.each(['prompt-1', 'echo', 'prompt-1 × echo'])('may be called %s now', async (name) => {
    await expect(read(`renamed: {old: ${name}}`)).resolves.toBeDefined()
  })

  it('is refused when nothing is called that now', async () => {
    const error = await refused(read('renamed: {old: prompt-11}'))
    expect([error.code, placeOf(error), error.message, error.hint]).toEqual([
      'suite',
      'suite.yaml:6',
      'assay.renamed: `old` is to be `prompt-11` now, and no prompt, provider or column is called that',
      'did you mean `prompt-1`?',
    ])
  })
})

describe('a setting that is acted on', () => {
  it.each([
    "limits: {'*': {concurrency: 5, rpm: 5, tpm: 5}}",
    'budget: {usd: 1, tokens: 1, calls: 1, minutes: 1}',
    'cluster: vars.text',
    'gate: {confirm: 5}',
    'quarantine: [{case: a, until: 2027-01-31, reason: b}]',
  ])('is not warned of: %s', async (yaml) => {
    expect((await read(yaml)).warnings).toEqual([])
  })
})

describe('a cluster', () => {
  const suiteWith = (cluster: string): ReturnType<typeof readFiles> =>
    readFiles({
      'suite.yaml': `prompts: ['{{text}}']
providers: [echo]
tests:
  - {vars: {text: a}, assert: [{type: contains, value: a}]}
  - {vars: {text: b, document_id: 7}, metadata: {source: {name: x}}, assert: [{type: contains, value: b}]}
assay:
  cluster: ${cluster}
`,
    })

  it.each(['vars.document_id', 'metadata.source.name'])('may be what some cases have: %s', async (key) => {
    await expect(suiteWith(key)).resolves.toBeDefined()
  })

  it('is refused when no case has it, before anything is called', async () => {
    const error = await refused(suiteWith('vars.document_ids'))
    expect([error.code, placeOf(error), error.message, error.hint]).toEqual([
      'suite',
      'suite.yaml:7',
      'assay.cluster: no case has `vars.document_ids`',
      'did you mean `vars.document_id`?',
    ])
    const other = await refused(suiteWith('vars.customer_segment'))
    expect(other.hint).toBe('there are vars.text, vars.document_id, metadata.source')
  })
})
