import { describe, expect, it } from 'vitest'
import { renderPrompt } from '../../../harness/suite/render.ts'
import type { RenderedPrompt } from '../../../harness/suite/render.ts'
import { requiredVariables } from '../../../harness/suite/render/required-variables.ts'
import { ASSERTED, collect, readFiles, refused } from './suite-folder.ts'

const PROVIDER = { id: () => 'model', label: 'M' }

interface Rendering {
  /** The rest of the suite. */
  readonly more?: string
  readonly files?: Record<string, string | Uint8Array>
  readonly env?: Record<string, string>
}

/** Renders the first prompt for the first case. `prompt` and `vars` are YAML. */
async function render(
  prompt: string,
  vars: string,
  { more = '', files = {}, env = {} }: Rendering = {},
): Promise<RenderedPrompt> {
  const yaml = `providers: [echo]\n${ASSERTED}prompts:\n  - ${prompt}\ntests: ${vars.startsWith('[') ? vars : `[{vars: ${vars}}]`}\n${more}`
  const suite = await readFiles({ 'suite.yaml': yaml, ...files }, env)
  const [first] = await collect(suite)
  const [only] = suite.prompts
  if (first === undefined || only === undefined) throw new Error('nothing to render')
  return renderPrompt(only, first, first.vars, { provider: PROVIDER, suite })
}

async function text(prompt: string, vars: string, rest?: Rendering): Promise<string> {
  return (await render(prompt, vars, rest)).text
}

describe('a prompt is rendered', () => {
  it.each([
    ["'{{a}} {{b.c}} {{d}}'", '{a: 1.5, b: {c: x}, d: {e: f}}', '1.5 x [object Object]'],
    ["'{{a | dump}}'", '{a: {b: [1]}}', '{"b":[1]}'],
    ["'{{a}}|{{b}}|{{c}}'", '{a: [1, 2], b: [], c: null}', '1,2||'],
    ["'{{a}} <b>'", '{a: "<\\"&>"}', '<"&> <b>'],
    ["'{% for x in a %}{{x}};{% endfor %}'", '{a: [1, 2]}', '1;2;'],
    ["'{{ (a | load).k }}'", '{a: \'{"k": 7}\'}', '7'],
    ["'{{a'", '{a: 1}', '{{a'],
    ["'{% if'", '{a: 1}', '{% if'],
    ["'{% raw %}{{a}}{% endraw %}'", '{a: 1}', '{{a}}'],
    ["'[{{a}}]'", '{a: "x\\n\\n"}', '[x\n]'],
  ])('%s with %s', async (prompt, vars, expected) => {
    expect(await text(prompt, vars)).toBe(expected)
  })

  it('with vars in vars, up to five passes deep', async () => {
    expect(await text("'{{a}}'", "{a: '{{b}}', b: '{{c}}', c: '{{d}}', d: end}")).toBe('end')
    expect(await text("'{{a}}'", "{a: '{{b | upper}} {{b}}', b: x}")).toBe('X x')
    expect(await text("'{{a}}'", "{a: '{{a}}'}")).toBe('{{a}}')
  })

  it('leaving a var alone that mentions what is undefined', async () => {
    expect(await render("'{{a}}'", "{a: '{{b}} and {{missing}}', b: x}")).toMatchObject({
      text: 'x and {{missing}}',
      undefinedVariables: ['missing'],
    })
  })

  it('with prefix and suffix', async () => {
    expect(await text("'{{a}}'", "[{vars: {a: 1}, options: {prefix: 'P{{a}} ', suffix: ' S'}}]")).toBe(
      'P1 1 S',
    )
  })

  it('with the environment, the suite overriding the process', async () => {
    const env = { ONE: 'one', TWO: 'two' }
    expect(
      await text("'{{ env[k] }} {{ env[l] }}'", '{k: ONE, l: TWO}', { env, more: 'env: {TWO: own}' }),
    ).toBe('one own')
  })

  it('with the filters of the suite', async () => {
    const files = { 'shout.mjs': 'export default (s) => s.toUpperCase() + "!"' }
    expect(
      await text("'{{a | shout}}'", '{a: hi}', { files, more: 'nunjucksFilters: {shout: shout.mjs}' }),
    ).toBe('HI!')
  })

  it('as it stands when templating is off', async () => {
    expect(await text("'{{a}}'", '{a: 1}', { env: { PROMPTFOO_DISABLE_TEMPLATING: 'true' } })).toBe('{{a}}')
  })
})

describe('a JSON prompt', () => {
  it('is rendered leaf by leaf, so that no var can break it, and indented', async () => {
    expect(
      await text(`'{"a": "{{x}}", "b": [1, null, {"c": "<{{y}}>"}]}'`, '{x: "say \\"hi\\"\\n", y: 2}'),
    ).toBe(JSON.stringify({ a: 'say "hi"', b: [1, null, { c: '<2>' }] }, null, 2))
  })

  it('puts vars in as they are, but for vars in vars', async () => {
    expect(await text(`'{"a": "{{x}}"}'`, "{x: '{{ 1 + 1 }} {{y}}', y: z}")).toBe(
      '{\n  "a": "{{ 1 + 1 }} z"\n}',
    )
  })

  it('is rendered as text when a leaf cannot be', async () => {
    const files = { 'shout.mjs': 'export default (s) => s.toUpperCase()' }
    expect(
      await text(`'["{{x | shout}}"]'`, '{x: a}', { files, more: 'nunjucksFilters: {shout: shout.mjs}' }),
    ).toBe('["A"]')
  })

  it('may be a text or a number', async () => {
    expect(await text(`'"{{x}}"'`, '{x: a}')).toBe('"a"')
    expect(await text(`'12'`, '{x: a}')).toBe('12')
  })
})

describe('an undefined variable', () => {
  it('is rendered as nothing and told, once', async () => {
    expect(await render("'[{{b}}{{b}}{{c.d}}]'", '{a: 1}')).toMatchObject({
      text: '[]',
      undefinedVariables: ['b', 'c'],
    })
    expect((await render(`'{"k": "{{b}}"}'`, '{a: 1}')).undefinedVariables).toEqual(['b'])
  })

  it.each([
    ['{{a}} {{b.c | upper}}', ['a', 'b']],
    ['{{a | default("x")}} {{b | d(c)}}', ['c']],
    ['{% if a %}{{a}}{% else %}{{b}}{% endif %}', ['b']],
    ['{{ a if b else c }}', ['a', 'c']],
    ['{% if a is defined %}{{a}}{% endif %}', []],
    ['{% for x in xs %}{{x}}{{loop.index}}{{y}}{% endfor %}', ['xs', 'y']],
    ['{% set q = w %}{{q}}', ['w']],
    ['{% macro m(a, b=1) %}{{a}}{{b}}{{c}}{% endmacro %}{{m(1)}}', ['c']],
    ['{{ {k: v} | dump }} {{ range(3) }} {{ env.HOME }}', ['v']],
    ['{# {{a}} #}{% raw %}{{b}}{% endraw %}', []],
    ['{{ broken', []],
  ])('is one that the template prints and does not provide for: %s', (template, names) => {
    expect(requiredVariables(template)).toEqual(names)
  })
})

describe('a var from a dataset', () => {
  const rows = (csv: string, more = ''): Rendering => ({
    files: { 'd.csv': csv, 'secret.txt': 'secret' },
    more,
  })

  it('is put in as it is: no template, no file, no variable', async () => {
    const csv = 'a,b,c\n{{ 1 + 1 }} {{b}} {% for x in [1] %},file://secret.txt,{{env.HOME}}\n'
    expect(await text("'{{a}}|{{b}}|{{c}}'", '[d.csv]', rows(csv))).toBe(
      '{{ 1 + 1 }} {{b}} {% for x in [1] %}|file://secret.txt|{{env.HOME}}',
    )
    expect(await text(`'["{{a}}"]'`, '[d.csv]', rows(csv))).toBe(
      JSON.stringify(['{{ 1 + 1 }} {{b}} {% for x in [1] %}'], null, 2),
    )
  })

  it('stays data when an authored var holds it, dollars and all', async () => {
    const csv = 'a\n"{{ 7 * 7 }} $& $1"\n'
    const more =
      "defaultTest: {vars: {wrapped: 'got {{a}}', twice: '{{wrapped}}!'}, assert: [{type: contains, value: a}]}\n"
    const suite = await readFiles({
      'suite.yaml': `providers: [echo]\nprompts: ['{{wrapped}} {{twice}}']\ntests: [d.csv]\n${more}`,
      'd.csv': csv,
    })
    const [first] = await collect(suite)
    const prompt = suite.prompts[0]
    if (first === undefined || prompt === undefined) throw new Error('nothing to render')
    const { text } = await renderPrompt(prompt, first, first.vars, { provider: PROVIDER, suite })
    expect(text).toBe('got {{ 7 * 7 }} $& $1 got {{ 7 * 7 }} $& $1!')
  })

  it('loses one newline at its end, like any var', async () => {
    expect(await text("'[{{a}}]'", '[d.csv]', rows('a\n"x\n\n"\n'))).toBe('[x\n]')
  })
})

describe('a var that names a file', () => {
  it('is what the file holds', async () => {
    const files = {
      't.txt': ' {{b}} \n',
      'y.yaml': 'k: [1]\n',
      'c.ts':
        'export default (name: string, prompt: string, vars: Record<string, unknown>) => ({ output: `${name}/${prompt.length}/${vars["b"]}` })\n',
      'i.png': new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      'j.png': new Uint8Array([0xff, 0xd8, 0xff, 0xe0]),
      's.mp3': 'abc',
    }
    const vars = '{a: file://t.txt, b: B, c: file://c.ts, y: file://y.yaml}'
    expect(await text("'{{a}}|{{y}}|{{c}}'", vars, { files })).toBe('B|{"k":[1]}|c/17/B')
    expect(
      await text("'{{a}}|{{b}}|{{c}}'", '{a: file://i.png, b: file://j.png, c: file://s.mp3}', { files }),
    ).toBe('data:image/png;base64,iVBORw0KGgo=|data:image/jpeg;base64,/9j/4A==|YWJj')
  })

  it('shows checks what was loaded, and leaves the case as it was', async () => {
    const suite = await readFiles({
      'suite.yaml': `${ASSERTED}providers: [echo]\nprompts: ['{{a}}']\ntests: [{vars: {a: file://t.txt, o: {k: [1]}}}]\n`,
      't.txt': 'T',
    })
    const [first] = await collect(suite)
    const prompt = suite.prompts[0]
    if (first === undefined || prompt === undefined) throw new Error('nothing to render')
    const { vars } = await renderPrompt(prompt, first, first.vars, { provider: PROVIDER, suite })
    expect(vars).toEqual({ a: 'T', o: { k: [1] } })
    expect(vars['o']).not.toBe(first.vars['o'])
    expect(first.vars['a']).toBe('file://t.txt')
  })

  it.each([
    ['a PDF', 'x.pdf', /PDF/],
    ['Python', 'x.py', /Python/],
    ['code without a function', 'x.mjs', /no default export that is a function/],
  ])('is refused when it is %s', async (_, file, message) => {
    const error = await refused(
      render("'{{a}}'", `{a: file://${file}}`, { files: { [file]: 'export const a = 1' } }),
    )
    expect(error.message).toMatch(message)
  })

  it('throws what its code throws or answers', async () => {
    const ask = (code: string): Promise<unknown> =>
      render("'{{a}}'", '{a: file://c.mjs}', { files: { 'c.mjs': code } })
    await expect(ask('export default () => ({ error: "no" })')).rejects.toThrow(/Error running .*c\.mjs: no/)
    await expect(ask('export default () => ({})')).rejects.toThrow(/Expected .*c\.mjs to return/)
  })
})

describe('a prompt function', () => {
  const ask = (code: string, vars = '{x: 1}'): Promise<RenderedPrompt> =>
    render('{raw: file://p.mjs, label: p, config: {a: 1}}', vars, {
      files: { 'p.mjs': `export default ${code}` },
    })

  it('may answer with a text, which is a template', async () => {
    expect(
      (await ask('({ vars, provider, config }) => `${provider.id} ${provider.label} ${config.a} {{x}}`'))
        .text,
    ).toBe('model M 1 1')
  })

  it('may answer with messages, and with a config besides', async () => {
    expect((await ask('({ vars }) => [{ role: "user", content: vars.x }]')).text).toBe(
      JSON.stringify([{ role: 'user', content: 1 }], null, 2),
    )
    expect(await ask('async () => ({ prompt: ["{{x}}"], config: { b: 2 } })')).toMatchObject({
      text: JSON.stringify(['1'], null, 2),
      config: { a: 1, b: 2 },
    })
  })

  it('is refused when it answers with nothing', async () => {
    await expect(ask('() => undefined')).rejects.toThrow(/must return a string or object, got undefined/)
    await expect(ask('() => null')).rejects.toThrow(/got null/)
  })

  it('takes the place of prefix and suffix, too', async () => {
    const { text } = await render('file://p.mjs', '[{vars: {x: 1}, options: {prefix: P, suffix: S}}]', {
      files: { 'p.mjs': 'export default () => "own"' },
    })
    expect(text).toBe('own')
  })
})

describe('what a provider is told of the prompt', () => {
  it("is the prompt's config with the test's options over it, repeat apart", async () => {
    const { config } = await render(
      "{raw: 'x', label: l, config: {temperature: 0, top: 1}}",
      '[{vars: {a: 1}, options: {top: 2, repeat: 3, runSerially: true}}]',
    )
    expect(config).toEqual({ temperature: 0, top: 2, runSerially: true })
  })
})
