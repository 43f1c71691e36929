import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import judge, { configure } from '../../../assertions/judge.ts'
import { ConfigError } from '../../../harness/model/errors.ts'
import { RUBRIC } from './asked.ts'

const dir = mkdtempSync(join(tmpdir(), 'assay-judge-'))
afterAll(() => rmSync(dir, { recursive: true }))

const GOOD = { judge: 'm', rubric: RUBRIC }

function identityOf(config: Readonly<Record<string, unknown>>): unknown {
  const setup = configure({ ...GOOD, ...config }, { dir })
  return 'then' in setup ? undefined : setup.instrument
}

describe('a judge’s config', () => {
  it.each([
    ['no model', { judge: undefined }, 'judge', /expected a provider’s id/],
    ['a model without an id', { judge: { label: 'x' } }, 'judge', /expected a provider’s id/],
    ['an empty panel', { judge: [] }, 'judge', /expected at least one model/],
    ['a key that it does not know', { rubrics: {} }, 'rubrics', /knows no config key `rubrics`/],
    ['no rubric', { rubric: undefined }, 'rubric', /expected a rubric/],
    ['a rubric without a criterion', { rubric: { levels: [1, 2] } }, 'rubric.criterion', /criterion/],
    ['one level', { rubric: { criterion: 'c', levels: [1] } }, 'rubric.levels', /at least two levels/],
    ['no levels', { rubric: { criterion: 'c' } }, 'rubric.levels', /at least two levels/],
    [
      'a level twice',
      { rubric: { criterion: 'c', levels: [1, 2, 2] } },
      'rubric.levels',
      /level 2 stands there twice/,
    ],
    [
      'a level that is none',
      { rubric: { criterion: 'c', levels: [1, 'two'] } },
      'rubric.levels.1',
      /levels\.1/,
    ],
    ['a path without its scheme', { rubric: 'rubric.yaml' }, 'rubric', /`rubric\.yaml` is no rubric/],
    ['a file that is not there', { rubric: 'file://nowhere.yaml' }, 'rubric', /cannot read .*nowhere\.yaml/],
    ['half a template', { question: 'Q: {{question}}' }, 'question', /one whole variable/],
    ['a threshold beyond the scale', { threshold: 5 }, 'threshold', /no level from 1 to 4/],
    ['a share without its sign', { threshold: '0.6' }, 'threshold', /no share of the scale/],
    ['a share above all', { threshold: '120%' }, 'threshold', /no share of the scale/],
    ['an unknown panel rule', { panel: 'vote' }, 'panel', /panel/],
    ['a template without the answer', { template: 'Judge it!' }, 'template', /no \{\{answer\}\}/],
    [
      'a template with a stranger',
      { template: '{{answer}} {{anser}}' },
      'template',
      /\{\{anser\}\}, which stands for nothing/,
    ],
    [
      'a template that leaves out the question',
      { question: '{{q}}', template: '{{answer}}' },
      'template',
      /no \{\{question\}\}/,
    ],
    ['a comparison with nothing', { mode: 'pairwise' }, 'mode', /needs `against`/],
    [
      'a score against another reply',
      { mode: 'score', against: '{{o}}' },
      'against',
      /only `mode: pairwise`/,
    ],
    ['a level asked of a comparison', { against: '{{o}}', threshold: 3 }, 'threshold', /`win` or `tie`/],
  ])('is refused at its place: %s', (_name, config, path, message) => {
    const read = (): unknown => configure({ ...GOOD, ...config }, { dir })
    expect(read).toThrow(ConfigError)
    expect(read).toThrow(message)
    try {
      void read()
    } catch (error) {
      expect((error as ConfigError).path.join('.')).toBe(path)
    }
  })

  it('may name a file for rubric and template', () => {
    writeFileSync(join(dir, 'rubric.yaml'), 'criterion: c\nlevels: [1, {level: 2, anchor: good}]\n')
    writeFileSync(join(dir, 'prompt.txt'), 'Judge {{answer}} by {{levels}}')
    const config = { rubric: 'file://rubric.yaml', template: 'file://prompt.txt' }
    expect(identityOf(config)).toMatchObject({
      identity: {
        rubric: { criterion: 'c', levels: [{ level: 1 }, { level: 2, anchor: 'good' }] },
        template: 'Judge {{answer}} by {{levels}}',
      },
    })
  })

  it('has the files as they are when it is set up, and keeps to that for the replies', async () => {
    const config = { rubric: 'file://changing.yaml', judge: 'm' }
    const says: string[] = []
    const ask = async (_grader: unknown, prompt: string): Promise<{ output: string }> => {
      says.push(/Criterion: (.*)/.exec(prompt)?.[1] ?? '')
      return { output: '{"level": 2}' }
    }
    for (const criterion of ['first', 'second']) {
      writeFileSync(join(dir, 'changing.yaml'), `criterion: ${criterion}\nlevels: [1, 2]\n`)
      await configure(config, { dir })
      writeFileSync(join(dir, 'changing.yaml'), 'criterion: in between\nlevels: [1, 2]\n')
      await judge('an answer', { config, assay: { dir, ask } })
    }
    expect(says).toEqual(['first', 'second'])
  })

  it('tells which models are asked, how often, and what they can say', () => {
    const spec = { id: 'openai:gpt', config: { temperature: 0 } }
    expect(identityOf({ judge: [spec, 'm'] })).toMatchObject({
      graders: [spec, 'm'],
      calls: 1,
      scale: [
        { label: '1', score: 0 },
        { label: '2', score: 1 / 3 },
        { label: '3', score: 2 / 3 },
        { label: '4', score: 1 },
      ],
    })
    expect(identityOf({ against: '{{other}}' })).toMatchObject({
      calls: 2,
      scale: [
        { label: 'loss', score: 0 },
        { label: 'tie', score: 0.5 },
        { label: 'win', score: 1 },
      ],
    })
  })

  it.each([
    ['the criterion', { rubric: { ...RUBRIC, criterion: 'Is it kind?' } }],
    [
      'an anchor',
      { rubric: { ...RUBRIC, levels: [{ level: 1, anchor: 'Bad.' }, ...RUBRIC.levels.slice(1)] } },
    ],
    ['the template', { template: '{{answer}} {{levels}}' }],
    ['the rule of the panel', { panel: 'mean' }],
    ['the threshold', { threshold: 3 }],
    ['whether a reference is shown', { reference: '{{reference}}' }],
  ])('is another instrument once %s changes', (_name, config) => {
    expect(identityOf(config)).not.toEqual(identityOf({}))
  })

  it('is the same instrument whichever order its keys and levels are written in', () => {
    const turned = { levels: RUBRIC.levels.toReversed(), criterion: RUBRIC.criterion }
    expect(identityOf({ rubric: turned })).toEqual(identityOf({}))
  })
})
