import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { renderer } from '../../reports/html/page.ts'
import { makeErrored, makeTrial, makeUntrusted } from '../harness/analyze/make-trial.ts'
import { HOSTILE, hostileTrials } from './hostile.ts'
import { makeInput, text } from './make-input.ts'

const page = async (parts: Parameters<typeof makeInput>[0]): Promise<string> =>
  text(renderer.render(makeInput(parts)))

describe('the page', () => {
  it('has a policy that allows its own style sheet and nothing else', async () => {
    const rendered = await page({ trials: [makeTrial()] })
    const style = /<style>([^]*?)<\/style>/.exec(rendered)?.[1] ?? ''
    const hash = createHash('sha256').update(style).digest('base64')
    expect(rendered).toContain(
      `content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`,
    )
  })

  it('has no script, style attribute, link or remote anything, whatever a model writes', async () => {
    const rendered = await page({ trials: hostileTrials(), settings: { gate: { floors: { [HOSTILE]: 1 } } } })
    const tags = rendered.match(/<[a-z][^>]*>/gi) ?? []
    expect(tags.length).toBeGreaterThan(20)
    for (const tag of tags) {
      expect(tag).not.toMatch(
        /^<(?:script|img|a|link|iframe|object|embed|form|base)\b|\s(?:style|src|href|on\w+)=/i,
      )
    }
    expect(rendered.match(/<style>/g)).toHaveLength(1)
  })

  it('says why a cell failed, and what the model was asked and answered', async () => {
    const reason = 'Expected "a" to equal "b"'
    const failed = makeTrial({
      outcome: 'failed',
      request: { prompt: 'Is 1 < 2?' },
      output: 'a & b',
      checks: [{ type: 'equals', pass: false, score: 0, reason }],
    })
    const rendered = await page({ trials: [failed] })
    expect(rendered).toContain('equals: Expected &quot;a&quot; to equal &quot;b&quot;')
    expect(rendered).toContain('<pre>Is 1 &lt; 2?</pre>')
    expect(rendered).toContain('<pre>a &amp; b</pre>')
  })

  it('shows one failing cell per column before it repeats one', async () => {
    const trials = ['one', 'two', 'three'].flatMap((prompt) =>
      [0, 1].map((repeat) =>
        makeTrial({ cell: { prompt, repeat }, outcome: 'failed', output: `${prompt} ${repeat}` }),
      ),
    )
    const rendered = await page({ trials: trials.reverse() })
    expect(rendered.match(/<pre>\w+ \d<\/pre>/g)?.sort()).toStrictEqual([
      '<pre>one 0</pre>',
      '<pre>three 0</pre>',
      '<pre>two 0</pre>',
    ])
  })

  it('marks latency that is not to be trusted, and says why', async () => {
    const rendered = await page({ trials: [makeUntrusted()] })
    expect(rendered).toContain('<td class="number">~200 ms</td><td class="number">~50 ms</td>')
    expect(rendered).toContain('~ is latency as the provider shows it')
    const trusted = await page({ trials: [makeTrial({ latencyMs: 200 })] })
    expect(trusted).toContain('<td class="number">200 ms</td>')
    expect(trusted).not.toContain('is latency as the provider shows it')
  })

  it('prints notices', async () => {
    const rendered = await page({
      trials: [makeTrial()],
      manifest: {
        providers: [{ key: 'f', id: 'f', account: 'f', notice: 'simulated' }],
      },
    })
    expect(rendered).toContain('<p class="notice">f: simulated.</p>')
  })

  it('stays under 1.5 MB at 100,000 cells of which most fail with long replies', async () => {
    const output = 'word '.repeat(2_000)
    const trials = Array.from({ length: 100_000 }, (_, i) =>
      i % 50 === 0
        ? makeErrored(`error ${'x'.repeat(i % 99)}`, { caseId: `c${i >> 3}`, repeat: i & 7 })
        : makeTrial({
            cell: { caseId: `c${i >> 3}`, repeat: i & 7 },
            outcome: 'failed',
            output,
            request: { prompt: output },
          }),
    )
    expect((await page({ trials })).length).toBeLessThan(1_500_000)
  })
})
