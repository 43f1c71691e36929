import { describe, expect, it } from 'vitest'
import { renderPrompt } from '../../../harness/suite/render.ts'
import { ASSERTED, collect, readFiles } from './suite-folder.ts'

const DATA = '{{7*7}} {% if 1 %}x{% endif %} {# c #} {{{'

/** The text of the only prompt for the only case of a dataset. */
async function rendered(prompt: string, files: Record<string, string>, vars = ''): Promise<string> {
  const dataset = Object.keys(files).find((name) => name.startsWith('data.')) ?? ''
  const yaml = `providers: [echo]\n${ASSERTED.replace('defaultTest: {', `defaultTest: {${vars}`)}prompts: [${prompt}]\ntests: file://${dataset}\n`
  const suite = await readFiles({ 'suite.yaml': yaml, ...files })
  const [first] = await collect(suite)
  const [only] = suite.prompts
  if (first === undefined || only === undefined) throw new Error('nothing to render')
  return (await renderPrompt(only, first, first.vars, { provider: undefined, suite })).text
}

const CSV = `text\n"${DATA}"\n`
const JSONL = `${JSON.stringify({ vars: { text: DATA } })}\n`

describe('a cell of a dataset that looks like a template', () => {
  it.each([
    ['in a var', '"P {{text}}"', { 'data.csv': CSV }],
    ['in what a prompt function makes of it', 'file://fn.mjs', { 'data.csv': CSV }],
    ['in what a prompt function makes of a line of JSONL', 'file://fn.mjs', { 'data.jsonl': JSONL }],
  ])('stays as it is %s', async (_, prompt, files) => {
    const code = { 'fn.mjs': 'export default ({ vars }) => "P " + vars.text' }
    expect(await rendered(prompt, { ...files, ...code })).toBe(`P ${DATA}`)
  })

  it('stays as it is in messages that a prompt function makes of it', async () => {
    const code = { 'fn.mjs': 'export default ({ vars }) => [{ role: "user", content: vars.text }]' }
    const text = await rendered('file://fn.mjs', { 'data.csv': CSV, ...code })
    expect(JSON.parse(text)).toEqual([{ role: 'user', content: DATA }])
  })

  it('stays as it is in a var that code makes of it', async () => {
    const code = { 'v.mjs': 'export default (name, prompt, vars) => ({ output: `<${vars.text}>` })' }
    const vars = 'vars: {made: file://v.mjs}, '
    expect(await rendered('"{{made}}"', { 'data.csv': CSV, ...code }, vars)).toBe(`<${DATA}>`)
  })

  it.each([
    ['CSV', { 'data.csv': `text,__prefix,__suffix\na,"${DATA}",{{text}}\n` }],
    [
      'JSONL',
      {
        'data.jsonl': `${JSON.stringify({ vars: { text: 'a' }, options: { prefix: DATA, suffix: '{{text}}' } })}\n`,
      },
    ],
  ])('stays as it is before and after a prompt: %s', async (_, files) => {
    expect(await rendered('"-{{text}}-"', files)).toBe(`${DATA}-a-{{text}}`)
  })

  it('leaves the templates of authors alone', async () => {
    const code = { 'fn.mjs': 'export default ({ vars }) => "{{ 1 + 1 }} {{text}} " + vars.text' }
    expect(await rendered('file://fn.mjs', { 'data.csv': CSV, ...code })).toBe(`2 ${DATA} ${DATA}`)
  })
})
