import { stringify } from 'yaml'
import { Project } from '../e2e/cli.ts'

/** Answers with the prompt, and leaves a line in `calls.log` for every call. `vars.reply` says what else to answer. */
const MODEL = `import { appendFileSync } from 'node:fs'
export default class Model {
  constructor({ label }) { this.label = label }
  id() { return 'model' }
  async callApi(prompt, { vars }) {
    appendFileSync(new URL('calls.log', import.meta.url), prompt + '\\n')
    return vars?.reply ?? { output: prompt }
  }
}
`

const CODE = `export const throws = () => { throw new Error('broken check') }
export const noScore = () => { throw new Error('no score') }
`

/** What promptfoo runs as a template; the value is 42 if the code in it was executed. */
export const ATTACK = "{{ [].constructor.constructor('return 6 * 7')() }}"

const contains = (value: string) => ({ type: 'contains', value })
const GRADER = { type: 'llm-rubric', value: 'x', provider: 'file://away.mjs' }

/** One test for each way in which promptfoo's rows and assay's trials differ on purpose. */
export const DEFECTS: Readonly<Record<string, string>> = {
  'package.json': '{"type": "module"}',
  'model.mjs': MODEL,
  'code.mjs': CODE,
  'away.mjs': `export default class Away { id() { return 'away' } async callApi() { return { error: 'the grader is away' } } }\n`,
  'folder/a.txt': 'In a folder, {{q}}',
  'data.csv': `q,__expected,__metadata:id\n"${ATTACK}",contains: 42,data\n`,
  'data.jsonl': `${JSON.stringify({ vars: { q: ATTACK }, assert: [contains('42')], metadata: { id: 'lines' } })}\n`,
  'suite.yaml': stringify({
    prompts: ['Say {{q}}', 'file://folder'],
    providers: [{ id: 'file://model.mjs', label: 'm' }],
    tests: [
      {
        vars: { q: 'throws' },
        metadata: { id: 'throws' },
        assert: [{ type: 'javascript', value: 'file://code.mjs:throws' }, contains('throws')],
      },
      {
        vars: { q: 'scoring' },
        metadata: { id: 'scoring function throws' },
        assert: [contains('scoring')],
        assertScoringFunction: 'file://code.mjs:noScore',
      },
      { vars: { q: 'grader' }, metadata: { id: 'grader away' }, assert: [contains('grader'), GRADER] },
      {
        vars: { q: 'none', reply: { output: null } },
        metadata: { id: 'no output' },
        assert: [contains('none')],
      },
      {
        vars: { q: 'number' },
        metadata: { id: 'score is no number' },
        assert: [{ type: 'javascript', value: 'output.length / undefined' }],
      },
      {
        vars: { q: 'authored', word: '{{q}} 42' },
        metadata: { id: 'authored' },
        assert: [contains('authored')],
      },
      {
        vars: { q: 'control' },
        description: 'bell \u0007 and escape \u001B',
        metadata: { id: 'control' },
        assert: [{ type: 'equals', value: 'x' }],
      },
      'file://data.csv',
      'file://data.jsonl',
    ],
  }),
}

/** A suite of one prompt on the model above. */
export function projectOf(tests: string, files: Readonly<Record<string, string>> = {}): Project {
  const suite = `prompts: ['Say {{word}}']\nproviders: [{id: file://model.mjs, label: m}]\n${tests}`
  return new Project({ 'model.mjs': MODEL, 'suite.yaml': suite, ...files })
}
