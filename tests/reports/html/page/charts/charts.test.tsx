import { renderToString } from 'preact-render-to-string'
import { describe, expect, it } from 'vitest'
import type { Analysis, ColumnAnalysis } from '../../../../../harness/model/analysis.ts'
import type { ReportInput } from '../../../../../harness/model/report.ts'
import type { CellFigures, LatencyHistogram } from '../../../../../reports/html/data/cell-figures.ts'
import { Charts } from '../../../../../reports/html/page/charts/charts.tsx'
import { forestDomain, forestRows } from '../../../../../reports/html/page/charts/forest-rows.ts'
import { tradePoints } from '../../../../../reports/html/page/charts/trade-off-points.ts'
import { makeTrial } from '../../../../harness/analyze/make-trial.ts'
import { HOSTILE } from '../../../hostile.ts'
import { comparedInput, makeComparison, makeMetric } from '../../../make-comparison.ts'
import { makeInput } from '../../../make-input.ts'

const NO_FIGURES: CellFigures = { latency: [], slices: [], flips: [] }
const SONNET = { prompt: 'few-shot', provider: 'sonnet' }
const FLASH = { prompt: 'few-shot', provider: 'flash' }

function render(input: ReportInput, figures: Partial<CellFigures> = {}): string {
  return renderToString(<Charts view={{ input, figures: { ...NO_FIGURES, ...figures } }} />)
}

/** Titles, tables and charts of a page, by the id of each figure. */
function figure(html: string, id: string): { title: string; table: string[][]; svg: string } {
  const whole = new RegExp(`<figure class="chart" id="${id}">[^]*?</figure>`).exec(html)?.[0] ?? ''
  const rows = [...whole.matchAll(/<tr>([^]*?)<\/tr>/g)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd][^>]*>([^<]*)</g)].map(([, cell = '']) => cell),
  )
  return { title: /<h3>([^<]*)</.exec(whole)?.[1] ?? '', table: rows, svg: whole.replace(/<details[^]*/, '') }
}

function column(parts: Partial<ColumnAnalysis> & { prompt: string }): ColumnAnalysis {
  const [base] = makeInput({ trials: [makeTrial()] }).analysis.columns
  if (base === undefined) throw new Error('the analysis has no column')
  return { ...base, provider: 'm', ...parts }
}

function withColumns(columns: readonly ColumnAnalysis[]): ReportInput {
  const input = makeInput({ trials: [makeTrial()] })
  return { ...input, analysis: { ...input.analysis, columns } }
}

function histogram(parts: Partial<LatencyHistogram> = {}): LatencyHistogram {
  return {
    column: SONNET,
    arm: 'run',
    bounds: [10, 20, 40, 80],
    counts: [3, 5, 2],
    n: 10,
    p50: 25,
    p95: 70,
    ...parts,
  }
}

describe('the forest plot', () => {
  it('states the regression in its title, and the same figures in its table', () => {
    const { title, table, svg } = figure(render(comparedInput()), 'forest')
    expect(title).toBe(
      'few-shot × sonnet: pass fell by 8 points (−14.1 to −2.0), from 81.4% to 73.4%, over 156 cases × 3.',
    )
    expect(table[1]).toStrictEqual([
      'pass',
      'few-shot × sonnet',
      '156',
      '−8.0',
      '−14.1 to −2.0',
      '0.008',
      'regression',
    ])
    expect(svg).toContain('points, run − baseline')
  })

  it('draws the interval where its figures are: left of zero for a drop, right of it for a rise', () => {
    const rise = makeMetric({ delta: 0.06, interval: [0.02, 0.1], pWorse: 0.99, pWorseHolm: 0.99 })
    const input = comparedInput()
    const analysis: Analysis = {
      ...input.analysis,
      comparison: makeComparison({ metrics: [rise], slices: [] }),
    }
    const { svg } = figure(render({ ...input, analysis }), 'forest')
    const [, x1 = '', x2 = ''] = /class="interval" x1="([\d.]+)%" x2="([\d.]+)%"/.exec(svg) ?? []
    expect(Number(x1)).toBeGreaterThan(50)
    expect(Number(x2)).toBeGreaterThan(Number(x1))
    expect(/class="zero" x1="([\d.]+)%"/.exec(svg)?.[1]).toBe('50')
  })

  it('is left out where nothing was compared', () => {
    expect(render(makeInput({ trials: [makeTrial()] }))).not.toContain('id="forest"')
  })

  it('counts what it leaves out of 500 slices', () => {
    const { verdict, analysis } = comparedInput()
    const [slice] = analysis.comparison?.slices ?? []
    if (slice === undefined) throw new Error('the comparison has no slice')
    const comparison = makeComparison({ slices: Array.from({ length: 500 }, () => slice) })
    const { rows, more } = forestRows(comparison, verdict)
    expect(rows.filter(({ kind }) => kind === 'slice')).toHaveLength(12)
    expect(rows.length + more).toBe(500 + comparison.metrics.length)
  })

  it('has pass rates before other metrics that inform, and what moved most before what did not', () => {
    const { verdict } = comparedInput()
    const inform = (metric: string, delta: number) => makeMetric({ metric, delta, gates: false })
    const metrics = [inform('cost', 0), inform('accuracy', -0.2), inform('pass', 0.01), inform('tone', 0.3)]
    const { rows } = forestRows(makeComparison({ metrics, slices: [] }), verdict)
    expect(rows.map(({ metric }) => metric)).toStrictEqual(['pass', 'tone', 'accuracy', 'cost'])
  })

  it('counts what informs and did not move, and draws the rest', () => {
    const metrics = [-0.2, 0, 0].map((delta, i) => makeMetric({ metric: `m${i}`, delta, gates: false }))
    const input = comparedInput({ metrics, slices: [] })
    const { svg, table } = figure(render(input), 'forest')
    expect(svg.match(/class="chart-row informing/g)).toHaveLength(1)
    expect(svg).toContain('2 more did not move at all.')
    expect(table.slice(1)).toHaveLength(3)
  })

  it('says once what all its slices are slices of', () => {
    const { svg } = figure(render(comparedInput()), 'forest')
    expect(svg).toMatch(/Slices that moved most: [^<]+ in few-shot × sonnet</)
  })

  it('has a domain that holds the margin, whatever the intervals', () => {
    expect(forestDomain([], 0.05)[1]).toBeCloseTo(0.0525)
    expect(forestDomain([], null)[0]).toBeCloseTo(-0.021)
  })
})

describe('the trade-off', () => {
  const columns = [
    column({ prompt: 'dear', passRate: 0.9, costPer1000Usd: 10 }),
    column({ prompt: 'cheap', passRate: 0.6, costPer1000Usd: 1 }),
    column({ prompt: 'beaten', passRate: 0.5, costPer1000Usd: 5 }),
    column({ prompt: 'unpriced', passRate: 0.7, costPer1000Usd: 'unknown' }),
  ]

  it('puts on the front what no other column beats on both', () => {
    const points = tradePoints(withColumns(columns).analysis, 'cost')
    expect(points.map(({ column, onFront }) => [column, onFront])).toStrictEqual([
      ['dear × m', true],
      ['cheap × m', true],
      ['beaten × m', false],
    ])
  })

  it('says what the best costs, and what the cheapest on the front does for less', () => {
    expect(figure(render(withColumns(columns)), 'tradeoff').title).toBe(
      'dear × m passes most: 90.0% at $10.00 per 1,000 calls; cheap × m passes 60.0% at $1.00 (10× less).',
    )
  })

  it('does not say of a column that it passes most where another passes as often', () => {
    const alike = columns.map((one) => ({ ...one, passRate: 1 }))
    expect(figure(render(withColumns(alike)), 'tradeoff').title).toBe(
      'cheap × m passes as often as any: 100.0% at $1.00 per 1,000 calls, and no column does so for less.',
    )
  })

  it('leads an arrow from where a column stood in the baseline', () => {
    const { svg, table } = figure(render(comparedInput()), 'tradeoff')
    expect(svg).toMatch(/class="arrow" x1="[\d.]+%" y1="[\d.]+" x2="[\d.]+%"/)
    expect(table[1]).toContain('81.4%')
  })

  it.each([
    [0.89, 0],
    [0.5, 1],
  ])('draws no arrow for a move that the mark covers: from %s, %i', (mean, arrows) => {
    const [dear, cheap] = [columns[0], { ...columns[1], passRate: 0.1 }] as [ColumnAnalysis, ColumnAnalysis]
    const input = withColumns([dear, cheap])
    const then = makeComparison()
    const metrics = [makeMetric({ column: dear, base: { mean, interval: [0, 1] } })]
    const cost = then.cost.map((one) => ({ ...one, column: dear, base: 0.01 }))
    const comparison = { ...then, metrics, cost, latency: [], slices: [] }
    const { svg } = figure(render({ ...input, analysis: { ...input.analysis, comparison } }), 'tradeoff')
    expect(svg.match(/class="arrow"/g) ?? []).toHaveLength(arrows)
  })

  it('says unknown in the table of a column without a price, and draws no point for it', () => {
    const html = render(withColumns(columns))
    expect(figure(html, 'tradeoff').table[4]).toContain('unknown')
    expect(tradePoints(withColumns(columns).analysis, 'cost').map(({ series }) => series)).not.toContain(3)
  })
})

describe('the latency distribution', () => {
  it('says whether the gate’s limit is kept, and draws it', () => {
    const input = makeInput({ trials: [makeTrial()], settings: { gate: { latency: { p95Ms: 100 } } } })
    const { title, svg } = figure(render(input, { latency: [histogram()] }), 'latency')
    expect(title).toMatch(/: p95 is .* within the limit of 100 ms\.$|over the limit of 100 ms\.$/)
    expect(svg).toContain('class="margin"')
  })

  it('names the fastest column and the longest tail without a limit', () => {
    const latency = [histogram(), histogram({ column: FLASH, p50: 12, p95: 15 })]
    expect(figure(render(makeInput({ trials: [makeTrial()] }), { latency }), 'latency').title).toBe(
      'few-shot × flash is fastest (p50 12 ms); the longest tail is few-shot × sonnet’s (p95 70 ms).',
    )
  })

  it.each([
    [[20, 20], 'few-shot × sonnet and few-shot × flash are fastest (p50 20 ms)'],
    [[20, 20.1, 20.2], '3 columns are fastest (p50 20 ms)'],
  ])('calls no column the fastest whose figure another has too: %s', (fast, said) => {
    const columns = [SONNET, FLASH, { prompt: 'zero-shot', provider: 'flash' }]
    const slow = histogram({ column: { prompt: 'slow', provider: 'm' }, p50: 60, p95: 75 })
    const latency = fast.map((p50, i) => histogram({ column: columns[i] ?? SONNET, p50 }))
    const titleOf = (shown: readonly LatencyHistogram[]) =>
      figure(render(makeInput({ trials: [makeTrial()] }), { latency: shown }), 'latency').title
    expect(titleOf([...latency, slow])).toBe(`${said}; the longest tail is slow × m’s (p95 75 ms).`)
    expect(titleOf(latency)).toMatch(/^All columns are as fast \(p50 20 ms\);/)
  })

  it('draws a bar per bin that holds a reply, and the baseline’s below, hollow', () => {
    const latency = [histogram({ counts: [3, 0, 2] }), histogram({ arm: 'baseline' })]
    const { svg, table } = figure(render(makeInput({ trials: [makeTrial()] }), { latency }), 'latency')
    expect(svg.match(/class="bar"/g)).toHaveLength(2)
    expect(svg.match(/class="bar before"/g)).toHaveLength(3)
    expect(table[1]?.slice(0, 5)).toStrictEqual(['few-shot × sonnet', '10', '25 ms', '70 ms', '25 ms'])
  })

  it('is left out where no reply was fresh', () => {
    expect(render(makeInput({ trials: [makeTrial()] }), { latency: [histogram({ n: 0 })] })).not.toContain(
      'id="latency"',
    )
  })
})

describe('the slices', () => {
  const slice = (name: string, passed: number, scored: number) => ({
    slice: name,
    column: SONNET,
    passed,
    scored,
  })

  it('names the weakest, and leaves out those of a handful of cells', () => {
    const slices = [slice('tag: easy', 9, 10), slice('tag: hard', 3, 10), slice('tag: rare', 0, 4)]
    const { title, table } = figure(render(makeInput({ trials: [makeTrial()] }), { slices }), 'slices')
    expect(title).toBe('Weakest slice: tag: hard in few-shot × sonnet, 30.0% of 10 scored cells.')
    expect(table.slice(1).map(([name]) => name)).toStrictEqual(['tag: hard', 'tag: easy'])
  })

  it('are not called weak where all of them pass', () => {
    const slices = [slice('tag: easy', 10, 10), slice('tag: hard', 9, 9)]
    const { title } = figure(render(makeInput({ trials: [makeTrial()] }), { slices }), 'slices')
    expect(title).toBe('Every slice passes throughout, in every column.')
  })
})

describe('the charts together', () => {
  it('have a table behind each, and a title that is a sentence', () => {
    const html = render(comparedInput(), {
      latency: [histogram()],
      slices: [{ slice: 'tag: a', column: SONNET, passed: 1, scored: 9 }],
    })
    const figures = html.match(/<figure class="chart"[^]*?<\/figure>/g) ?? []
    expect(figures).toHaveLength(4)
    for (const one of figures) {
      expect(one).toMatch(/<details class="figures">[^]*<table>[^]*<tbody><tr>/)
      expect(one).toMatch(/<h3>[^<]+\.<\/h3>/)
    }
  })

  it('have no style attribute, no script and no figure that is no number, hostile names or not', () => {
    const hostile = { prompt: HOSTILE, provider: HOSTILE }
    const html = render(withColumns([column(hostile), column({ ...hostile, prompt: 'b', passRate: 0.1 })]), {
      latency: [histogram({ column: hostile })],
      slices: [{ slice: HOSTILE, column: hostile, passed: 1, scored: 9 }],
    })
    expect(html.length).toBeGreaterThan(1000)
    expect(html).not.toMatch(/NaN|undefined|null|Infinity|\sstyle=|<script/)
  })

  it('stay small with 6,000 columns', () => {
    const columns = Array.from({ length: 6000 }, (_, i) =>
      column({ prompt: `p${i}`, costPer1000Usd: i + 1, passRate: i / 6000 }),
    )
    const latency = columns.map((one) => histogram({ column: one }))
    expect(render(withColumns(columns), { latency }).length).toBeLessThan(150_000)
  })
})
