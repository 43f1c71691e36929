import { describe, expect, it } from 'vitest'
import type { ReportInput } from '../../harness/model/report.ts'
import { renderer } from '../../reports/github.ts'
import { annotationsOf } from '../../reports/github/annotations.ts'
import { type Annotation, workflowCommand } from '../../reports/github/command.ts'
import { withinRoom } from '../../reports/github/within-room.ts'
import { makeErrored, makeTrial } from '../harness/analyze/make-trial.ts'
import { HOSTILE, hostileTrials, withHostileComparison } from './hostile.ts'
import { comparedInput, makeFlip } from './make-comparison.ts'
import { makeInput, text } from './make-input.ts'
import { type ReadCommand, readCommands } from './read-commands.ts'

const NOTE: Annotation = { level: 'error', file: 'a.yaml', line: 3, title: 'title', message: 'message' }

async function render(input: ReportInput): Promise<ReadCommand[]> {
  return readCommands(await text(renderer.render(input)))
}

function failedTrial(n: number): ReturnType<typeof makeTrial> {
  const source = { file: 'suites/sentiment/suite.yaml', line: 10 + n }
  const checks = [{ type: 'equals', pass: false, score: 0, reason: `reason ${n}` }]
  return makeTrial({ cell: { caseId: `f${n}`, description: `mail ${n}`, source }, outcome: 'failed', checks })
}

describe('a command', () => {
  it('is one line, escaped as the runner takes it back', () => {
    const command = workflowCommand({ ...NOTE, title: 'a: b, 5%', message: '100%0A\nnext: a, b' })
    expect(command).toBe('::error file=a.yaml,line=3,title=a%3A b%2C 5%25::100%250A%0Anext: a, b\n')
    expect(readCommands(command)).toStrictEqual([
      { ...NOTE, title: 'a: b, 5%', message: '100%0A\nnext: a, b' },
    ])
  })

  it.each([
    ['::stop-commands::token'],
    ['\n::error file=x::forged'],
    ['\r::add-mask::a'],
    ['title=x,file=y::z'],
    ['##[error]old'],
    [HOSTILE],
  ])('is the only one, whatever its texts say: %j', (said) => {
    const command = workflowCommand({ ...NOTE, file: said, title: said, message: said })
    expect(command.trimEnd()).not.toMatch(/[\n\r]/)
    const [read, ...others] = readCommands(command)
    expect(others).toStrictEqual([])
    expect(read).toMatchObject({ level: 'error', line: 3 })
  })

  it('says its title again where it has no message: GitHub shows none without', () => {
    expect(workflowCommand({ ...NOTE, message: '' })).toMatch(/::title\n$/)
  })

  it('is cut where GitHub would cut it', () => {
    const [read] = readCommands(
      workflowCommand({ ...NOTE, title: 'x'.repeat(999), message: 'y'.repeat(99_999) }),
    )
    expect(read?.title).toHaveLength(250)
    expect(read?.message).toHaveLength(4_000)
  })
})

describe('the annotations of a step', () => {
  it('are ten of a kind at most, and the last says how many more there are', () => {
    const many = Array.from({ length: 25 }, (_, n): Annotation => ({ ...NOTE, message: `${n}` }))
    const shown = withinRoom([...many, { ...NOTE, level: 'notice' }])
    expect(shown).toHaveLength(11)
    expect(shown[8]?.message).toBe('8')
    expect(shown[9]?.message).toBe('9\n… and 15 more errors, in the report.')
    expect(shown[10]?.level).toBe('notice')
  })

  it('are all there where there is room', () => {
    const ten = Array.from({ length: 10 }, (): Annotation => NOTE)
    expect(withinRoom(ten)).toStrictEqual(ten)
  })
})

describe('a run that is blocked', () => {
  it('has its verdict first, then the gates that broke, then the flips, as errors', async () => {
    const errors = (await render(comparedInput())).filter(({ level }) => level === 'error')
    expect(errors.map(({ title }) => title)).toStrictEqual([
      'BLOCK: sentiment',
      'few-shot × sonnet: no worse: pass',
      'few-shot × sonnet: broken cases',
      'Sarcastic praise (mail-7): 3/3 → 0/3 in few-shot × sonnet',
      'mail-8: 3/3 → 1/3 in few-shot × sonnet',
      'Mixed feelings (mail-9): 3/3 → 1/3 in few-shot × sonnet, flaky',
    ])
  })

  it('points at the line of the case that got worse, and at the suite where none is on record', async () => {
    const errors = (await render(comparedInput())).filter(({ level }) => level === 'error')
    const places = errors.slice(3).map(({ file, line }) => `${file}:${line}`)
    expect(places).toStrictEqual([
      'suites/sentiment/emails.csv:12',
      'suites/sentiment/suite.yaml:1',
      'suites/sentiment/emails.csv:12',
    ])
  })

  it('warns of what may be worse, of what was not measured, and of the comparison', async () => {
    const warnings = (await render(comparedInput())).filter(({ level }) => level === 'warning')
    const titles = warnings.map(({ title }) => title)
    expect(titles.slice(0, 2)).toStrictEqual([
      'few-shot × flash: no worse: pass',
      'few-shot × sonnet: cost ratio',
    ])
    expect(warnings.map(({ message }) => message)).toContain('The baseline is 40 days old.')
  })

  it('notes what only informs', async () => {
    const notices = (await render(comparedInput())).filter(({ level }) => level === 'notice')
    expect(notices.map(({ title }) => title)).toContain(
      'Sarcastic praise (mail-3): 3/3 → 0/3 in zero-shot × sonnet (informs)',
    )
  })

  it('does not call a case broken that fresh runs have cleared', async () => {
    const [broken] = comparedInput().analysis.comparison!.broken
    const refuted = { ...broken!, status: 'refuted' as const }
    const commands = await render(comparedInput({ broken: [refuted], flips: [makeFlip()] }))
    const flip = commands.find(({ title }) => title.includes('Sarcastic'))
    expect(flip?.level).toBe('warning')
  })
})

describe('a run that passes', () => {
  it('has no error, whatever got worse in it', async () => {
    const input = comparedInput({}, { decision: 'pass', exitCode: 0, gates: [] })
    const commands = await render(input)
    expect(commands.filter(({ level }) => level === 'error')).toStrictEqual([])
    expect(commands.find(({ title }) => title.includes('mail-9'))?.level).toBe('warning')
    expect(commands.find(({ title }) => title.startsWith('PASS'))?.level).toBe('notice')
  })

  it('that --strict fails is an error all the same', async () => {
    const [first] = await render(comparedInput({}, { decision: 'pass', exitCode: 4, gates: [] }))
    expect(first).toMatchObject({ level: 'error', title: 'INCONCLUSIVE: sentiment' })
  })
})

describe('a run without a baseline', () => {
  it('points at the cases that failed, with the reason, as errors where they fail the run', async () => {
    const commands = await render(makeInput({ trials: [failedTrial(1), makeTrial()] }))
    expect(commands).toContainEqual({
      level: 'error',
      file: 'suites/sentiment/suite.yaml',
      line: 11,
      title: 'mail 1: 1 of 1 failed',
      message: 'reason 1\nzero-shot × flash: 1 of 1',
    })
  })

  it('that passes its gate notes them', async () => {
    const settings = { gate: { floors: { pass: 0.1 } } }
    const commands = await render(makeInput({ trials: [failedTrial(1), makeTrial()], settings }))
    expect(commands.find(({ title }) => title.startsWith('mail 1'))?.level).toBe('notice')
  })

  it('of errors alone says that they are missing, and fails', async () => {
    const commands = await render(makeInput({ trials: [makeErrored('503 down')] }))
    expect(commands[0]?.level).toBe('error')
    expect(commands).toContainEqual(
      expect.objectContaining({
        level: 'warning',
        title: '1 errored: missing, not failed',
        message: '503 down',
      }),
    )
  })

  it('says how many cases more failed', async () => {
    const trials = Array.from({ length: 30 }, (_, n) => failedTrial(n))
    const errors = (await render(makeInput({ trials }))).filter(({ level }) => level === 'error')
    expect(errors).toHaveLength(10)
    expect(errors.at(-1)?.message).toContain('… and 21 more errors, in the report.')
  })
})

describe('places in the repository', () => {
  it('take the place of those on record', () => {
    const input = makeInput({
      trials: [failedTrial(1)],
      settings: { gate: { floors: { pass: 1 } } },
    })
    const places = { path: (file: string) => `below/${file}`, lineOf: () => 42 }
    const all = annotationsOf(input, places)
    expect(new Set(all.map(({ file }) => file))).toStrictEqual(new Set(['below/suites/sentiment/suite.yaml']))
    expect(all.find(({ title }) => title.includes('floor'))?.line).toBe(42)
  })
})

it('every text of a hostile run stays inside the annotation it belongs to', async () => {
  const input = withHostileComparison(makeInput({ trials: hostileTrials() }))
  const rendered = await text(renderer.render(input))
  for (const line of rendered.trimEnd().split('\n')) {
    expect(line).toMatch(/^::(?:error|warning|notice) file=[^:,]*,line=\d+,title=[^:,]*::/)
  }
})
