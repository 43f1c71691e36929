import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { calibrationSchema } from '../../harness/record/schema/calibration.ts'
import { Project, REPO } from './cli.ts'

/** Gives an answer the level that it names, now and then one more; words like "nonsense" and "fail" make it do so. */
const GRADER = `import { appendFileSync } from 'node:fs'
export default class Grader {
  id() { return 'grader' }
  async callApi(prompt) {
    const answer = /<answer-\\w+>\\n([\\s\\S]*?)\\n<\\/answer/.exec(prompt)?.[1] ?? ''
    // A run asks its graders once beforehand whether they are there.
    if (answer !== '') appendFileSync(new URL('calls.log', import.meta.url), answer + '\\n')
    if (answer.includes('nonsense')) return { output: 'Well, it depends.' }
    if (answer.includes('fail')) return { error: 'the model is gone' }
    const level = Number(/worth (\\d)/.exec(answer)?.[1])
    return { output: JSON.stringify({ reasoning: 'so it says', level }) }
  }
}
`

const RUBRIC =
  '{criterion: Is it right?, levels: [{level: 1, anchor: No.}, {level: 2, anchor: Half.}, {level: 3, anchor: Yes.}]}'

function suite(extra = '', rubric = RUBRIC): string {
  return `prompts: ['Say {{word}}']
providers: [file://provider.ts]
tests:
  - vars: { word: yes, question: 'Is it?', other: 'No.' }
    assert:
      - type: javascript
        metric: right
        value: file://${REPO}/assertions/judge.ts
        config:
          judge: {id: file://grader.ts, label: the judge}
          rubric: ${rubric}
          question: '{{question}}'
${extra}`
}

/** Thirty answers; the judge reads their level off the text, and people agree with it but for every fifth. */
function labels(row = (i: number): string => `Answer ${i} is worth ${(i % 3) + 1}.`): string {
  const label = (i: number): number => (i % 5 === 0 ? 2 : (i % 3) + 1)
  const rows = Array.from({ length: 30 }, (_, i) => `a-${i},Is it ${i}?,${row(i)},${label(i)}`)
  return `id,question,output,label\n${rows.join('\n')}\n`
}

function project(files: Readonly<Record<string, string>> = {}): Project {
  return new Project({ 'suite.yaml': suite(), 'grader.ts': GRADER, 'labels.csv': labels(), ...files })
}

const CALIBRATE = ['calibrate', 'suite.yaml', '--labels', 'labels.csv', '--allow-outside']
const FILE = 'calibration/right.json'

describe('assay calibrate', () => {
  it('has the judge judge each labelled answer once, says how far it agrees, and keeps that beside the suite', async () => {
    const work = project()
    const { code, stdout, stderr } = await work.assay(CALIBRATE)
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('30 cells') })
    expect(work.calls).toHaveLength(30)
    expect(new Set(work.calls).size).toBe(30)
    // Of every fifth, i = 0, 5, …, 25, two have level 2 anyway.
    expect(stdout).toContain('right: 30 labelled answers, judged by the judge')
    expect(stdout).toMatch(/same label +86\.7%/)
    expect(stdout).toContain('→ calibration/right.json')
    const calibration = calibrationSchema.parse(JSON.parse(work.read(FILE)))
    expect(calibration).toMatchObject({
      metric: 'right',
      graders: ['the judge'],
      scale: ['1', '2', '3'],
      n: 30,
      missing: 0,
      labels: { file: 'labels.csv' },
    })
    expect(calibration.agreement.confusion).toEqual([
      [8, 0, 0],
      [2, 10, 2],
      [0, 0, 8],
    ])
    // It is no run of the suite: "last" does not find it.
    expect((await work.assay(['report', 'last'])).stderr).toContain('there is no run')
  })

  it('prints JSON for a machine, and makes no call twice that a cassette holds', async () => {
    const work = project()
    const first = await work.assay([...CALIBRATE, '--record', '--json'])
    const { judges } = JSON.parse(first.stdout) as { judges: { hash: string; agreement: object }[] }
    expect(judges).toHaveLength(1)
    const second = await work.assay([...CALIBRATE, '--replay', '--json'])
    expect(second.code).toBe(0)
    expect(JSON.parse(second.stdout)).toMatchObject({ judges: [{ agreement: judges[0]?.agreement }] })
    expect(work.calls).toHaveLength(30)
  })

  it('binds what it found to the judge: another anchor or another model makes another hash', async () => {
    const work = project()
    const hashOf = async (): Promise<string> => {
      await work.assay(CALIBRATE)
      return (JSON.parse(work.read(FILE)) as { hash: string }).hash
    }
    const before = await hashOf()
    expect(await hashOf()).toBe(before)
    work.write('suite.yaml', suite('', RUBRIC.replace('Half.', 'Partly.')))
    const rubric = await hashOf()
    expect(rubric).not.toBe(before)
    work.write('suite.yaml', suite())
    work.write('grader.ts', `${GRADER}// a new version\n`)
    expect(new Set([before, rubric, await hashOf()]).size).toBe(3)
  })

  it('is what a gate needs that names the judge: never, stale and current', async () => {
    const gated = (rubric?: string): string =>
      `${suite('', rubric).replace('Say {{word}}', 'It is worth 3.')}assay: {gate: {floors: {right.mean_score: 0.9}}}\n`
    const provider = `export default class { id() { return 'p' } async callApi(prompt) { return { output: prompt } } }`
    const work = project({ 'suite.yaml': gated(), 'provider.ts': provider })
    const run = ['run', 'suite.yaml', '--allow-outside']
    const never = await work.assay(run)
    expect(never.code).toBe(2)
    expect(never.stderr).toMatch(
      /suite\.yaml:\d+:\d+: assay\.gate: `right` rests on a judge that was never compared/,
    )
    expect(never.stderr).toContain('hint: run `assay calibrate`')
    expect(work.calls).toEqual([])
    await work.assay(CALIBRATE)
    const current = await work.assay(run)
    expect(current.code).toBe(0)
    expect(current.stdout).toMatch(/right: the judge · calibrated on 30 answers, alpha \S+ \(\S+\) · counts/)
    work.write('suite.yaml', gated(RUBRIC.replace('Half.', 'Partly.')))
    const stale = await work.assay(run)
    expect(stale.code).toBe(2)
    expect(stale.stderr).toContain('has changed since it was calibrated (rubric)')
  })

  it('is not gone on with: it is run again', async () => {
    const work = project()
    await work.assay([...CALIBRATE, '--out', 'cal'])
    const { code, stderr } = await work.assay(['resume', 'cal'])
    expect(code).toBe(2)
    expect(stderr).toContain('Run `assay calibrate` again')
  })

  it('says so with exit 1 where the judge agrees no better than chance', async () => {
    const work = project({ 'labels.csv': labels((i) => `Answer ${i} is worth ${(((i * 7) % 10) % 3) + 1}.`) })
    const { code, stderr } = await work.assay(CALIBRATE)
    expect(code).toBe(1)
    expect(stderr).toContain('right agrees too little with the labels to gate: alpha must be above 0')
    expect(existsSync(work.path(FILE))).toBe(true)
  })

  it('counts answers without a verdict as missing, never as a level', async () => {
    const work = project({
      'labels.csv': labels((i) => (i < 3 ? `nonsense ${i}` : `Answer ${i} is worth ${(i % 3) + 1}.`)),
    })
    const { code, stdout, stderr } = await work.assay(CALIBRATE)
    expect(code).toBe(0)
    expect(stdout).toContain('27 labelled answers, 3 without a verdict')
    expect(stderr).toContain('the judge gave no verdict')
  })

  it('writes nothing, and exits 3, where more than a tenth have none', async () => {
    const work = project({ 'labels.csv': labels((i) => (i < 4 ? `fail ${i}` : `Answer ${i} is worth 2.`)) })
    const { code, stdout, stderr } = await work.assay(CALIBRATE)
    expect(code).toBe(3)
    expect(stderr).toContain('right gave no verdict on 4 of 30 answers: nothing was written')
    expect(stderr).toContain('the model is gone')
    expect(stdout).toContain('not written')
    expect(existsSync(work.path(FILE))).toBe(false)
  })

  const PAIRWISE = `      - type: javascript
        metric: better
        value: file://${REPO}/assertions/judge.ts
        config:
          judge: file://grader.ts
          rubric: {criterion: Which is better?}
          against: '{{other}}'
`

  it('leaves out a judge that gives other labels, unless that is the one that is asked for', async () => {
    const work = project({ 'suite.yaml': suite(PAIRWISE) })
    const { code, stdout, stderr } = await work.assay(CALIBRATE)
    expect(code).toBe(0)
    expect(stderr).toContain('better was left out: it gives other labels than these')
    expect(stdout).not.toContain('better:')
    const named = await work.assay([...CALIBRATE, '--metric', 'better'])
    expect(named.code).toBe(2)
    expect(named.stderr).toContain('labels.csv:2: the label `2`')
    expect(named.stderr).toContain('hint: labels: loss, tie, win')
  })

  it('takes what reviewers said of a run', async () => {
    const row = (i: number): string =>
      JSON.stringify({
        caseId: `c-${i}`,
        column: { prompt: 'p', provider: 'm' },
        repeat: 0,
        replyHash: `h-${i}`,
        vars: { question: `Is it ${i}?` },
        output: `Answer ${i} is worth ${(i % 3) + 1}.`,
        check: { type: 'javascript', metric: 'right' },
        checks: 1,
        human: i % 3 === 0 ? 'failed' : 'passed',
        mark: 'agree',
      })
    const work = project({ 'rows.jsonl': Array.from({ length: 24 }, (_, i) => row(i)).join('\n') })
    const { code, stdout } = await work.assay([
      'calibrate',
      'suite.yaml',
      '--labels',
      'rows.jsonl',
      '--allow-outside',
    ])
    expect(code).toBe(0)
    // Level 2 is half of the scale, which passes.
    expect(stdout).toMatch(/same label +100\.0%/)
    expect(stdout).toMatch(/failed +8 +0 +100\.0%/)
  })

  it('warns of few labels', async () => {
    const work = project({
      'labels.csv': `question,output,label\nIs it?,It is worth 3.,3\nIs it?,It is worth 1.,1\n`,
    })
    const { stderr } = await work.assay(CALIBRATE)
    expect(stderr).toContain('2 labels are few')
  })
})

describe('assay calibrate refuses, and calls nobody', () => {
  it.each([
    [
      'no labels',
      ['calibrate', 'suite.yaml', '--allow-outside'],
      {},
      /answers that people have labelled.*--labels/s,
    ],
    ['labels that are not there', CALIBRATE.with(3, 'nowhere.csv'), {}, /cannot read the labels/],
    [
      'a metric that no judge has',
      [...CALIBRATE, '--metric', 'rihgt'],
      {},
      /no judge `rihgt`.*did you mean `right`/s,
    ],
    [
      'a suite without a judge',
      CALIBRATE,
      {
        'suite.yaml': `prompts: [x]\nproviders: [file://provider.ts]\ntests:\n  - assert: [{type: contains, value: x}]\n`,
      },
      /the suite has no judge to calibrate/,
    ],
    [
      'two judges of one metric',
      CALIBRATE,
      { 'suite.yaml': suite(suite('', RUBRIC.replace('Half.', 'Some.')).split('assert:\n')[1]) },
      /two judges that differ are called `right`/,
    ],
    [
      'a mistake in its config',
      CALIBRATE,
      { 'suite.yaml': suite().replace("question: '{{", "qestion: '{{") },
      /did you mean `question`/,
    ],
    [
      'an unknown label',
      CALIBRATE,
      { 'labels.csv': 'question,output,label\nq,a,7\n' },
      /label `7`.*labels: 1, 2, 3/s,
    ],
    ['--record with --replay', [...CALIBRATE, '--record', '--replay'], {}, /exclude each other/],
  ])('%s', async (_name, args, files, message) => {
    const work = project(files)
    const { code, stdout, stderr } = await work.assay(args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(message)
    expect(work.calls).toEqual([])
  })
})
