import { describe, expect, it } from 'vitest'
import type { Incomplete } from '../../harness/model/incomplete.ts'
import type { ReportInput } from '../../harness/model/report.ts'
import type { Manifest } from '../../harness/model/run.ts'
import { renderer as terminal } from '../../reports/default.ts'
import { commandFor, typedPath } from '../../reports/format/resume-command.ts'
import { renderer as page } from '../../reports/html/page.ts'
import { renderer as junit } from '../../reports/junit.ts'
import { renderer as markdown } from '../../reports/markdown.ts'
import { makeTrial } from '../harness/analyze/make-trial.ts'
import { HOSTILE } from './hostile.ts'
import { makeInput, text } from './make-input.ts'
import { staticPage } from './page-text.ts'
import { elements, parseXml } from './parse-xml.ts'

const OUTAGE: Incomplete = { cause: 'outage', account: 'anthropic', cells: 3, message: '503 overloaded' }
const BUDGET: Incomplete = { cause: 'budget', cells: 3, message: 'the budget of $1 is used up' }
const FLOOR = { floors: { pass: 0.8 } }

function lacking(
  incomplete: readonly Incomplete[],
  manifest: Partial<Manifest> = {},
  gate: Record<string, unknown> = FLOOR,
  outcome: 'passed' | 'failed' = 'passed',
): ReportInput {
  return makeInput({
    trials: [makeTrial({ outcome })],
    planned: 4,
    settings: { gate },
    manifest: { incomplete, ...manifest },
  })
}

async function beginningOf(input: ReportInput): Promise<string[]> {
  const rendered = await text(
    terminal.render({ ...input, terminal: { columns: 100, color: false, cwd: process.cwd() } }),
  )
  return rendered.split('\n\n')[0]?.split('\n') ?? []
}

describe('the first line of the terminal report', () => {
  it('says that an outage left no verdict, whose, how many cells it cost, and what finishes the run', async () => {
    expect(await beginningOf(lacking([OUTAGE]))).toStrictEqual([
      'NOT MEASURED: no verdict on your change.',
      'anthropic: 503 overloaded. 3 of 4 planned cells did not finish.',
      'Finish the run: assay resume runs/sentiment/run-1',
    ])
  })

  it('says that a budget made the report a partial one', async () => {
    expect(await beginningOf(lacking([BUDGET]))).toStrictEqual([
      'BUDGET REACHED: the figures are of 1 of 4 cells.',
      'The budget of $1 is used up. 3 of 4 planned cells did not finish.',
      'Finish the run: assay resume runs/sentiment/run-1',
    ])
  })

  it('says that the run was interrupted, before all else that befell it', async () => {
    const [title, detail] = await beginningOf(
      lacking([OUTAGE, { cause: 'missing', cells: 0, message: 'The run was interrupted.' }], {
        interrupted: true,
      }),
    )
    expect(title).toBe('INTERRUPTED: the figures are of 1 of 4 cells.')
    expect(detail).toContain('anthropic: 503 overloaded.')
  })

  it('says so of a record that knows no cause, and names no command where there is none', async () => {
    expect(await beginningOf(lacking([], { verifies: 'run-0' }))).toStrictEqual([
      'INCOMPLETE: the figures are of 1 of 4 cells.',
      'The run was cut short. 3 of 4 planned cells did not finish.',
    ])
  })

  it('is the suite as ever when no cell is missing', async () => {
    const [first] = await beginningOf(makeInput({ trials: [makeTrial()] }))
    expect(first).toBe('sentiment  1 cell · 1 case · 1 column')
  })

  it('comes again as the last word, in place of a decision', async () => {
    const rendered = await text(terminal.render(lacking([OUTAGE])))
    expect(rendered).toContain('\nNOT MEASURED  No verdict on your change. anthropic: 503 overloaded.')
    expect(rendered).not.toContain('INVALID')
  })
})

describe('the other formats', () => {
  it.each([
    ['markdown', markdown, '## NOT MEASURED: no verdict on your change (sentiment)\n'],
    ['html', page, 'NOT MEASURED: no verdict on your change'],
  ])('say it first: %s', async (_name, renderer, title) => {
    const rendered = staticPage(await text(renderer.render(lacking([OUTAGE]))))
    expect(rendered).toContain(title)
    expect(rendered).toContain('503 overloaded. 3 of 4 planned cells did not finish.')
    expect(rendered).toContain('assay resume runs/sentiment/run-1')
    expect(rendered).not.toMatch(/INVALID|PASS/)
    const partial = staticPage(await text(renderer.render(lacking([BUDGET]))))
    expect(partial).toContain('BUDGET REACHED: the figures are of 1 of 4 cells')
  })

  it.each([
    ['markdown', markdown],
    ['html', page],
    ['default', terminal],
  ])(
    'show the verdict on what was measured where the suite forgives the rest: %s',
    async (_name, renderer) => {
      const input = lacking([OUTAGE], {}, { ...FLOOR, onUnavailable: 'neutral' }, 'failed')
      expect(input.verdict).toMatchObject({ decision: 'block', exitCode: 1 })
      const rendered = staticPage(await text(renderer.render(input)))
      const [partly, verdict] = ['PARTLY MEASURED', 'BLOCK'].map((word) => rendered.lastIndexOf(word))
      expect(partly).toBeGreaterThan(-1)
      expect(verdict).toBeGreaterThan(partly ?? 0)
    },
  )

  it('make the verdict an error in JUnit, but skipped where the suite forgives it; gates not measured are skipped', async () => {
    const verdictOf = async (input: ReportInput): Promise<(string | undefined)[][]> => {
      const document = parseXml(await text(junit.render(input)))
      expect(elements(document, 'property')[0]?.attributes['value']).toMatch(
        /^NOT MEASURED: no verdict on your change\. anthropic: 503/,
      )
      const gates = document.children[1]
      return gates?.children.map(({ attributes, children }) => [attributes['name'], children[0]?.name]) ?? []
    }
    const columns = [{ prompt: 'zero-shot', provider: 'flash' }]
    const gate = 'zero-shot × flash: floor: pass'
    expect(await verdictOf(lacking([{ ...OUTAGE, columns }]))).toStrictEqual([
      [gate, 'skipped'],
      ['verdict', 'error'],
    ])
    const forgiven = { ...FLOOR, onUnavailable: 'neutral' }
    expect(await verdictOf(lacking([{ ...OUTAGE, columns }], {}, forgiven))).toStrictEqual([
      [gate, 'skipped'],
      ['verdict', 'skipped'],
    ])
  })

  it.each([
    ['markdown', markdown],
    ['html', page],
    ['junit', junit],
  ])('render nothing of what an account says, or a folder is called: %s', async (_name, renderer) => {
    const input = lacking([{ ...OUTAGE, account: HOSTILE, message: HOSTILE }])
    const rendered = await text(renderer.render({ ...input, run: { ...input.run, dir: HOSTILE } }))
    expect(staticPage(rendered)).not.toMatch(/<(?:script|img)\b/i)
    expect(rendered).not.toMatch(/[^\P{Cc}\n\t]|\p{Bidi_Control}/u)
  })
})

describe('the command that finishes a run', () => {
  it('is what its reader would type, from the working directory where the run lies below it', () => {
    expect(typedPath('/work/runs/s/1', '/work')).toBe('runs/s/1')
    expect(typedPath('/work/runs/s/1', '/elsewhere')).toBe('/work/runs/s/1')
    expect(typedPath('/work', '/work')).toBe('/work')
  })

  it('names the folder below the folder of runs in a file, which may be read anywhere', () => {
    expect(typedPath('/work/runs/s/1', undefined)).toBe('runs/s/1')
    expect(typedPath('/work/out', undefined)).toBe('/work/out')
  })

  it('is safe to paste into a shell', () => {
    expect(commandFor('runs/a b/1')).toBe("assay resume 'runs/a b/1'")
    expect(commandFor("runs/it's;rm/1")).toBe(`assay resume 'runs/it'\\''s;rm/1'`)
  })
})
