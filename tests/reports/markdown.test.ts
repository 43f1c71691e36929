import { describe, expect, it } from 'vitest'
import { markdown } from '../../reports/format/escape-markdown.ts'
import { firstScreen, renderer } from '../../reports/markdown.ts'
import { makeTrial, makeUntrusted } from '../harness/analyze/make-trial.ts'
import { hostileTrials, withHostileComparison } from './hostile.ts'
import { comparedInput } from './make-comparison.ts'
import { makeInput, text } from './make-input.ts'

describe('escaping', () => {
  it.each([
    ['a | b', 'a &#124; b'],
    ['<img src=x>', '&#60;img src=x&#62;'],
    [
      '`code` *strong* _em_ ~~gone~~',
      '&#96;code&#96; &#42;strong&#42; &#95;em&#95; &#126;&#126;gone&#126;&#126;',
    ],
    ['![x](y) [a]', '!&#91;x&#93;(y) &#91;a&#93;'],
    ['https://evil.test :smile:', 'https&#58;//evil.test &#58;smile:'],
    ['www.evil.test', 'www&#46;evil.test'],
    ['@someone #12', '&#64;\u200Bsomeone &#35;\u200B12'],
    ['line\nbreak \u001b[31m', 'line break ␛&#91;31m'],
    ['expected "a", got b: c (50%)', 'expected "a", got b: c (50%)'],
  ])('turns %j into text that does not render', (given, expected) => {
    expect(markdown(given)).toBe(expected)
  })
})

describe('the summary', () => {
  it('keeps every row of a table in one line with its cells', async () => {
    const rendered = await text(
      renderer.render(makeInput({ trials: hostileTrials(), settings: { gate: { floors: { pass: 1 } } } })),
    )
    const rows = rendered.split('\n').filter((line) => line.startsWith('|'))
    expect(rows.map((row) => row.split('|').length - 2)).toStrictEqual([5, 5, 5, 9, 9, 9])
  })

  it('begins with the verdict, then the reasons', async () => {
    const rendered = await text(renderer.render(makeInput({ trials: [makeTrial()] })))
    expect(rendered.split('\n').slice(0, 3)).toStrictEqual([
      '## PASS: sentiment',
      '',
      '- The one cell passed.',
    ])
  })

  it('marks latency that is not to be trusted, and says why, as text that does not render', async () => {
    const rendered = await text(renderer.render(makeInput({ trials: [makeUntrusted()] })))
    expect(rendered).toContain('| ~200 ms | ~200 ms | ~50 ms |')
    expect(rendered).toContain('\n&#126; is latency as the provider shows it')
    const trusted = await text(renderer.render(makeInput({ trials: [makeTrial({ latencyMs: 200 })] })))
    expect(trusted).toContain('| 200 ms | 200 ms |')
    expect(trusted).not.toContain('is latency as the provider shows it')
  })

  it('shows what a reviewer decides by, and collapses the rest', async () => {
    const rendered = await text(renderer.render(comparedInput()))
    const [shown = '', collapsed = ''] = rendered.split('<details>\n<summary>')
    for (const title of ['| gate |', '### Against', '### Latency and cost', '### What changed', '### Flips'])
      expect(shown).toContain(title)
    expect(shown).toContain('The baseline is 40 days old.')
    for (const title of ['### Every metric', '### Why', '| prompt |', '### Flaky'])
      expect(collapsed).toContain(`\n\n${title}`)
    expect(collapsed.trimEnd().endsWith('\n\n</details>')).toBe(true)
  })

  it('shows the columns, and the cases that failed, where there is no baseline to go by', async () => {
    const input = makeInput({
      trials: [makeTrial(), makeTrial({ cell: { caseId: 'f' }, outcome: 'failed' })],
    })
    const rendered = await text(renderer.render(input))
    const [shown] = rendered.split('<details>')
    expect(shown).toContain('| prompt |')
    expect(shown).toContain('### Cases that failed most')
  })

  it('opens and closes what it collapses, however hostile the texts in it, and wherever it is cut', async () => {
    const input = withHostileComparison(makeInput({ trials: hostileTrials() }))
    const tags = { prompt: '</details>', description: '<details>\n</details>' }
    const nested = withHostileComparison(
      makeInput({ trials: [makeTrial({ cell: tags, outcome: 'failed' })] }),
    )
    for (const one of [input, nested, comparedInput()])
      for (const limit of [1_500, 4_000, 8_000, 60_000]) {
        const rendered = firstScreen(one, limit)
        expect(rendered.split('<details>').length).toBe(rendered.split('</details>').length)
        expect(rendered.split('<details>').length).toBeLessThanOrEqual(2)
        expect(Buffer.byteLength(rendered)).toBeLessThanOrEqual(limit)
      }
  })

  it('stays under 60 KB, so that it fits a comment of 64 KB, when all is long', async () => {
    const trials = Array.from({ length: 3_000 }, (_, i) =>
      makeTrial({
        cell: { caseId: `c${i}`, prompt: `${'|'.repeat(40)}${i % 100}`, description: '<'.repeat(500) },
        outcome: 'failed',
        reason: '|'.repeat(500),
      }),
    )
    const rendered = await text(
      renderer.render(makeInput({ trials, settings: { gate: { floors: { pass: 0.9 } } } })),
    )
    expect(Buffer.byteLength(rendered)).toBeLessThan(60_000)
  })
})
