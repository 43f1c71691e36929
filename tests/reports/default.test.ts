import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import type { ReportInput } from '../../harness/model/report.ts'
import { renderer } from '../../reports/default.ts'
import { makeErrored, makeTrial, makeUntrusted } from '../harness/analyze/make-trial.ts'
import { hostileTrials } from './hostile.ts'
import { makeInput, text } from './make-input.ts'

async function lines(input: ReportInput, columns = 80, color = false): Promise<string[]> {
  return (await text(renderer.render({ ...input, terminal: { columns, color } }))).split('\n')
}

const TRIALS = ['zero-shot', 'few-shot'].flatMap((prompt) =>
  Array.from({ length: 20 }, (_, i) =>
    makeTrial({
      cell: {
        prompt,
        caseId: `c${i}`,
        description: `mail ${i}`,
        source: { file: 'emails.csv', line: i + 2 },
      },
      outcome: i === 0 || (i === 1 && prompt === 'zero-shot') ? 'failed' : 'passed',
      latencyMs: 200 + i,
      ttftMs: 52,
      costUsd: 0.000021,
      reason: 'expected A, got B',
    }),
  ),
)

describe('the terminal report', () => {
  it('is a table with units, then what failed most, then the verdict, then the place of the record', async () => {
    expect(await lines(makeInput({ trials: TRIALS }))).toStrictEqual([
      'sentiment  40 cells · 20 cases · 2 columns',
      '',
      '                   pass         95%          latency  first    $ per',
      'prompt     model   rate    interval     p50      p95  token    1,000  errors',
      'zero-shot  flash  90.0%  69.9–97.2%  210 ms   218 ms  52 ms  $0.0210       0',
      'few-shot   flash  95.0%  76.4–99.1%  210 ms   218 ms  52 ms  $0.0210       0',
      '',
      'Intervals are Wilson’s. Time to the first token is a median; cost is per 1,000',
      'calls.',
      '',
      'Cases that failed most',
      '  emails.csv:2  2 of 2 failed  mail 0',
      '    expected A, got B',
      '    in every column, every time',
      '  emails.csv:3  1 of 2 failed  mail 1',
      '    expected A, got B',
      '    in zero-shot × flash (1 of 1)',
      '',
      'BLOCK  3 of 40 cells failed; the suite has no gate, so every cell must pass.',
      '37 passed (92.5%) · 3 failed · 0 errored · 40 calls · $0.000840 spent',
      'Report: runs/sentiment/run-1/report.html',
      '',
      '',
    ])
  })

  it('names the page as its reader would type it', async () => {
    const { run, ...rest } = makeInput({ trials: TRIALS })
    const page = async (cwd: string): Promise<string | undefined> => {
      const input = { ...rest, run: { ...run, dir: '/work/runs/s/1' } }
      const rendered = await text(renderer.render({ ...input, terminal: { columns: 80, color: false, cwd } }))
      return rendered.split('\n').find((line) => line.startsWith('Report: '))
    }
    expect(await page('/work')).toBe('Report: runs/s/1/report.html')
    expect(await page('/elsewhere')).toBe('Report: /work/runs/s/1/report.html')
  })

  it.each([40, 60, 80, 100, 200])('fits %i columns, hostile and wide text included', async (columns) => {
    const wide = makeTrial({
      cell: {
        caseId: 'w',
        prompt: '日本語のプロンプト'.repeat(6),
        provider: 'x'.repeat(90),
        description: '返品'.repeat(80),
      },
      outcome: 'failed',
      reason: `${'long'.repeat(60)} ${'語'.repeat(90)}`,
    })
    const gate = { floors: { pass: 0.9, accuracy: 0.5 }, latency: { p95Ms: 10 } }
    const input = makeInput({ trials: [...TRIALS, wide, ...hostileTrials()], settings: { gate } })
    for (const line of await lines(input, columns)) expect(stringWidth(line)).toBeLessThanOrEqual(columns)
  })

  it('lists the columns one by one where the table does not fit, with every figure', async () => {
    const rendered = (await lines(makeInput({ trials: TRIALS }), 60)).join('\n')
    expect(rendered).toContain('zero-shot × flash\n  pass rate 90.0% · 95% interval 69.9–97.2% ·')
    expect(rendered).toContain('errors 0')
  })

  it('does not shorten two names to the same', async () => {
    const twins = ['A', 'B'].map((middle) =>
      makeTrial({ cell: { prompt: `${'p'.repeat(40)}${middle}${'q'.repeat(40)}` } }),
    )
    const rendered = (await lines(makeInput({ trials: twins }), 90)).join('\n')
    expect(rendered).toContain('pA')
    expect(rendered).toContain('pB')
  })

  it('colours only when asked', async () => {
    const input = makeInput({ trials: TRIALS })
    expect((await lines(input)).join('')).not.toContain('\u001b')
    expect((await lines(input, 80, true)).join('')).toContain('\u001b[31mBLOCK')
  })

  it('marks latency that is not to be trusted, and says why', async () => {
    const rendered = (await lines(makeInput({ trials: [makeUntrusted()] }))).join('\n')
    expect(rendered).toContain('~200 ms')
    expect(rendered).toContain('~ is latency as the provider shows it, which may hide its own queueing')
    const trusted = (await lines(makeInput({ trials: TRIALS }))).join('\n')
    expect(trusted).not.toContain('~')
  })

  it('says plainly what errored, what is simulated, and what was warned of', async () => {
    const input = makeInput({
      trials: [...TRIALS, makeErrored('503 overloaded', { caseId: 'e' })],
      manifest: {
        warnings: ['undefined variable'],
        providers: [{ key: 'flash', id: 'f', account: 's', notice: 'simulated, not a language model' }],
      },
    })
    const rendered = (await lines(input)).join('\n')
    expect(rendered).toContain('1 cell errored (missing, not failed)\n     1 ×  503 overloaded')
    expect(rendered).toContain('Note: flash: simulated, not a language model.')
    expect(rendered).toContain('1 warning in manifest.json.')
  })
})
