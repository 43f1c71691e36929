import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Trial } from '../../harness/model/trial.ts'
import { parseXml } from '../reports/parse-xml.ts'
import { type Ended, Project } from './cli.ts'

const MB_10 = 10 * 1024 * 1024

const PROVIDER = `const replies: Record<string, () => unknown> = {
  'fine': () => ({ output: 'ok' }),
  'nothing': () => undefined,
  'null': () => null,
  'a number': () => 42,
  'a string': () => 'ok',
  'an object without output': () => ({}),
  'an error': () => ({ error: '503 from the model' }),
  'a rejection': () => Promise.reject(new Error('the model is asleep')),
  'a throw': () => { throw new Error('no region') },
  'a throw of nothing': () => { throw undefined },
  'a field that throws': () => ({ get output() { throw new Error('gone') } }),
  'a number as output': () => ({ output: 42 }),
  'an object as output': () => ({ output: { verdict: 'ok', deep: [1, { two: 2 }] } }),
  'a loop as output': () => { const loop = { ok: true, self: {} }; loop.self = loop; return { output: loop } },
  '10 MB': () => ({ output: 'x'.repeat(${MB_10}) }),
  'a lone surrogate': () => ({ output: 'ok \\ud83d and \\udc00' }),
  'control characters': () => ({ output: 'ok \\u0000\\u0007\\u001b[31m\\u2028 ]]> </script>' }),
}
export default class Odd {
  id(): string {
    return 'odd'
  }
  callApi(prompt: string): unknown {
    return replies[prompt]?.()
  }
}
`

const KINDS = [...PROVIDER.matchAll(/^ {2}'(.+)': \(\)/gm)].map(([, kind = '']) => kind)

/** Checks what every reply stands, and of two that they are a plain "ok", so that a reason holds what they are instead. */
const SUITE = `prompts: ['{{kind}}']
providers: [file://odd.ts]
defaultTest:
  assert: [{ type: javascript, value: 'JSON.stringify(output).length > 0' }]
assay: { maxErrorRate: 0.6 }
tests:
${KINDS.map((kind) => `  - { description: '${kind}', vars: { kind: '${kind}' } }`)
  .join('\n')
  .replaceAll(/((?:surrogate|characters)' }) }/g, '$1, assert: [{ type: equals, value: ok }] }')}
`

describe('a provider that returns', () => {
  let project: Project
  let ended: Ended
  let trials: ReadonlyMap<string | undefined, Trial>
  beforeAll(async () => {
    project = new Project({ 'odd.ts': PROVIDER, 'suite.yaml': SUITE })
    ended = await project.assay(['run', 'suite.yaml'])
    trials = new Map(project.trials().map((trial) => [trial.cell.description, trial]))
  })

  it.each([
    ['fine', 'ok'],
    ['a number as output', 42],
    ['an object as output', { verdict: 'ok', deep: [1, { two: 2 }] }],
    ['a loop as output', { ok: true, self: '[circular]' }],
    ['10 MB', 'x'.repeat(MB_10)],
  ])('%s is answered, and the answer is on record', (kind, output) => {
    expect(trials.get(kind)).toMatchObject({ outcome: 'passed' })
    expect(trials.get(kind)?.output).toEqual(output)
  })

  it.each([
    ['nothing', 'invalid', 'the provider returned nothing; expected an object like {output: "…"}'],
    ['null', 'invalid', 'the provider returned nothing; expected an object like {output: "…"}'],
    ['a number', 'invalid', 'the provider returned a number; expected an object like {output: "…"}'],
    ['a string', 'invalid', 'the provider returned a string; expected an object like {output: "…"}'],
    ['an object without output', 'no_output', 'No output'],
    ['an error', 'unknown', '503 from the model'],
    ['a rejection', 'unknown', 'the model is asleep'],
    ['a throw', 'unknown', 'no region'],
    ['a throw of nothing', 'unknown', 'the provider threw nothing that says why'],
    ['a field that throws', 'invalid', 'gone'],
  ])('%s has errored, which is on record and told', (kind, failure, message) => {
    expect(trials.get(kind)).toMatchObject({ outcome: 'errored', error: message, score: null, checks: [] })
    expect(trials.get(kind)?.attempts).toMatchObject([{ failure: { kind: failure, message } }])
  })

  it.each([
    ['a lone surrogate', 'ok � and �'],
    ['control characters', 'ok \u0000\u0007\u001B[31m\u2028 ]]> </script>'],
  ])('%s is judged as the text it is', (kind, output) => {
    expect(trials.get(kind)).toMatchObject({ outcome: 'failed', output })
    expect(trials.get(kind)?.checks.map(({ pass }) => pass)).toEqual([true, false])
  })

  it('any of these loses nothing of the others, and ends as failed cells do', () => {
    expect(new Set(trials.keys())).toEqual(new Set(KINDS))
    expect(trials.size).toBe(project.trials().length)
    expect(ended.code).toBe(1)
    expect(ended.stdout).toContain('5 passed (71.4%) · 2 failed · 10 errored · 17 calls')
    expect(ended.stdout).toContain(
      '2 ×  the provider returned nothing; expected an object like {output: "…"}',
    )
  })

  it('control characters sends none of them to the terminal, and none that breaks a report', () => {
    // oxlint-disable-next-line no-control-regex
    expect(ended.stdout + ended.stderr).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F]/)
    const run = project.runs[0] ?? ''
    expect(() => parseXml(project.read(join(run, 'junit.xml')))).not.toThrow()
    expect(project.read(join(run, 'report.html'))).not.toMatch(/ \]\]> <\/script>/)
  })

  it('10 MB leaves a record that can be reported on again', async () => {
    const again = await project.assay(['report', 'last'])
    expect(again).toEqual({ code: 0, stdout: ended.stdout, stderr: '' })
  })
})
