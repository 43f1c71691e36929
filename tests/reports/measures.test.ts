import { describe, expect, it } from 'vitest'
import { measuresSection, measureValue } from '../../reports/format/measures.ts'
import { renderer as terminal } from '../../reports/default.ts'
import { renderer as markdown } from '../../reports/markdown.ts'
import type { Renderer } from '../../harness/model/report.ts'
import { makeTrial } from '../harness/analyze/make-trial.ts'
import { makeInput } from './make-input.ts'
import { LABEL_MEASURES, measuredInput } from './make-measures.ts'

async function textOf(renderer: Renderer, input = measuredInput()): Promise<string> {
  let text = ''
  for await (const chunk of renderer.render(input)) text += chunk
  return text
}

describe('a measure', () => {
  it.each([
    [0.7124, 'share', '71.2%'],
    [-0.08, 'points', '−8.0 points'],
    [3.25, 'score', '3.25'],
    [1800, 'count', '1,800'],
    [2.5, 'count', '2.5'],
    [0.0213, 'usd', '$0.0213'],
    [null, 'share', '–'],
  ] as const)('%s as %s is %s', (value, unit, said) => {
    expect(measureValue(value, unit)).toBe(said)
  })

  it('stands with its interval in its own unit', () => {
    const [section] = measuresSection(measuredInput().analysis, 10)
    expect(section?.lines[0]?.text).toBe(
      'zero-shot × flash, tone <b>: macro-F1 71.2% (65.2–75.9%) · worst-depth gap −8.0 points (−14.1 to −2.0) · mean steps 3.25 (3 to 3.5) · cost per solved task –',
    )
  })
})

describe('the measures of checks', () => {
  it('are a section of the terminal and of markdown, escaped there', async () => {
    expect(await textOf(terminal)).toContain('Measures of checks')
    expect(await textOf(terminal)).toContain('macro-F1 71.2%')
    const said = await textOf(markdown)
    expect(said).toContain('### Measures of checks')
    expect(said).not.toContain('<b>')
  })

  it('leave no trace where no check brings any', async () => {
    const input = makeInput({ trials: [makeTrial()] })
    expect(measuresSection(input.analysis, 10)).toEqual([])
    expect(await textOf(terminal, input)).not.toContain('Measures')
  })

  it('are cut at the limit, and the rest is named', () => {
    const many = Array.from({ length: 5 }, (_, i) => ({ ...LABEL_MEASURES, check: `check-${i}` }))
    const [section] = measuresSection(measuredInput(many).analysis, 3)
    expect(section?.lines.map(({ text }) => text).at(-1)).toBe('… and 2 more in analysis.json.')
  })
})
