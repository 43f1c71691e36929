import { describe, expect, it } from 'vitest'
import { makeErrored, makeTrial } from '../../../../harness/analyze/make-trial.ts'
import { HOSTILE, hostileTrials, withHostileComparison } from '../../../hostile.ts'
import { comparedInput, makeFlip } from '../../../make-comparison.ts'
import { makeInput, makeManifest } from '../../../make-input.ts'
import { all, bodyOf, byId, textOf } from './body.ts'
import { makeHistory } from './history.ts'

const hex = (n: number): string => n.toString(16).padStart(16, '0')

function hostileBody() {
  const input = withHostileComparison(
    makeInput({ trials: hostileTrials(), settings: { gate: { floors: { [HOSTILE]: 0.9 } } } }),
  )
  const manifest = makeManifest({
    suite: { name: HOSTILE, file: HOSTILE, hash: HOSTILE, description: HOSTILE },
    providers: [
      { key: HOSTILE, id: HOSTILE, account: HOSTILE, notice: HOSTILE, config: { [HOSTILE]: HOSTILE } },
    ],
    command: ['assay', HOSTILE],
    warnings: [HOSTILE],
    git: { commit: HOSTILE, dirty: true, branch: HOSTILE },
    files: { [HOSTILE]: HOSTILE },
    scrubbed: [{ at: HOSTILE, rules: [HOSTILE], hits: 2 }],
    resumed: [{ at: HOSTILE, command: [HOSTILE] }],
  })
  const [flip] = input.analysis.comparison?.flips ?? []
  const texts = {
    output: HOSTILE,
    baseOutput: `${HOSTILE} then`,
    prompt: HOSTILE,
    basePrompt: HOSTILE,
    cell: hex(7),
  }
  return bodyOf(
    { ...input, history: makeHistory(3), run: { ...input.run, dir: HOSTILE, manifest } },
    flip && { flips: [{ caseId: flip.caseId, column: flip.column, ...texts }] },
  )
}

describe('the static part of the page', () => {
  it('comes in the order a reviewer needs: what was decided, by which gates, what flipped, all cells, where it is from', () => {
    const { root } = bodyOf({ ...comparedInput(), history: makeHistory(3) })
    const sections = all(root, 'section').map(({ attributes }) => attributes['id'])
    expect(sections).toStrictEqual(['verdict', 'gates', 'flips', 'figures', 'cells', 'history', 'provenance'])
    expect(all(root, 'h1').map(textOf)).toStrictEqual(['sentiment'])
  })

  it('has a landmark, a skip link, a caption for every table of figures and a scope for every heading', () => {
    const { root } = bodyOf({ ...comparedInput(), history: makeHistory(3) })
    expect(all(root, 'main')).toHaveLength(1)
    expect(all(root, 'a')[0]?.attributes['href']).toBe('#cells')
    const tables = all(root, 'table')
    expect(tables.length).toBeGreaterThan(5)
    for (const table of tables) expect(all(table, 'caption').map(textOf).join('')).not.toBe('')
    for (const heading of all(root, 'th')) expect(heading.attributes['scope']).toMatch(/^(?:col|row)$/)
  })

  it('links to nothing but places in the page, every one of which is there', () => {
    const { root } = bodyOf({ ...comparedInput(), history: makeHistory(3) })
    const ids = new Set(all(root, '*').map(({ attributes }) => `#${attributes['id']}`))
    const links = all(root, 'a').map(({ attributes }) => attributes['href'] ?? '')
    expect(links).toContain('#gates')
    for (const link of links) expect(ids).toContain(link)
  })

  it('makes no tag, no attribute and no address of what a model, a dataset or a suite says', () => {
    const { root } = hostileBody()
    const elements = all(root, '*')
    expect(elements.length).toBeGreaterThan(300)
    for (const { name, attributes } of elements) {
      expect(name).toMatch(
        /^(?:[a-z]|h[1-3]|defs|fig(?:ure|caption)|marker|ol|text|aside|bdi|button|caption|circle|code|d[dlt]|del|details|div|header|ins|li|line|main|nav|noscript|path|pre|rect|section|span|strong|summary|svg|t[dhr]|table|tbody|thead|ul)$/,
      )
      expect(
        Object.keys(attributes).filter((key) => /^(?:style|src|on.*|formaction|srcdoc)$/i.test(key)),
      ).toStrictEqual([])
      expect(attributes['href'] ?? '#cells').toMatch(/^#[a-z]+(?:=[0-9a-f]{16})?$/)
    }
    expect(textOf(byId(root, 'flips'))).toContain('<script>alert(1)</script>')
  })

  it('shows what reorders text, hides or controls a terminal by a visible sign', () => {
    const { html } = hostileBody()
    expect(html).not.toMatch(/[^\P{Cc}\n\t]|\p{Bidi_Control}/u)
    expect(html.isWellFormed()).toBe(true)
    expect(html).toContain('⟨U+202E⟩')
  })

  it('offers no command to be copied that a terminal would act on', () => {
    const { root } = hostileBody()
    expect(all(root, '*').filter(({ attributes }) => attributes['data-copy'] !== undefined)).toStrictEqual([])
    const command = all(byId(bodyOf(comparedInput()).root, 'provenance'), 'code').find(
      ({ attributes }) => attributes['data-copy'] !== undefined,
    )
    expect(command?.attributes['data-copy']).toBe('assay run suites/sentiment/suite.yaml')
  })

  it('prints no figure that is none, whatever is missing', () => {
    const sparse = { latencyMs: null, costUsd: 'unknown', attempts: [], score: null } as const
    const inputs = [
      makeInput({ trials: [] }),
      makeInput({ trials: [], planned: 300, manifest: { interrupted: true } }),
      makeInput({
        trials: [makeErrored('down'), makeTrial({ ...sparse, outcome: 'failed', output: undefined })],
        planned: 5,
      }),
      comparedInput(),
      comparedInput({
        metrics: [],
        latency: [],
        cost: [],
        flips: [],
        broken: [],
        slices: [],
        why: [],
        changes: [],
      }),
      { ...comparedInput(), history: makeHistory(1) },
    ]
    for (const input of inputs)
      expect(textOf(bodyOf(input).root)).not.toMatch(/\b(?:NaN|undefined|null|Infinity)\b|\[object /)
  })

  it('stays readable with a name of 4,000 characters, and says what the rest of it is cut to', () => {
    const name = 'unbroken'.repeat(500)
    const failed = makeTrial({
      cell: {
        caseId: name,
        description: name,
        prompt: name,
        provider: name,
        source: { file: name, line: 3 },
      },
      outcome: 'failed',
      reason: name,
      namedScores: { [name]: 0.5 },
    })
    const { html } = bodyOf(makeInput({ trials: [failed] }))
    expect(html.length).toBeLessThan(40_000)
    expect(html).toContain('unbroke…')
  })

  it('stays below 600 kB with 200 flips of long replies and 6,000 columns, and says how much is left out', () => {
    const long = (word: string) => `${word} `.repeat(4_000)
    const flips = Array.from({ length: 200 }, (_, i) =>
      makeFlip({
        caseId: `mail-${i}`,
        reason: long('reason'),
        output: long('out'),
        baseOutput: long('base'),
      }),
    )
    const compared = comparedInput({ flips, flipCounts: { worse: 1_234, better: 0 } })
    const trials = Array.from({ length: 6_000 }, (_, i) =>
      makeTrial({
        cell: { caseId: `c${i % 5}`, prompt: `prompt ${i % 200}`, provider: `model ${Math.floor(i / 200)}` },
      }),
    )
    const { columns } = makeInput({ trials }).analysis
    const { html, root } = bodyOf(
      { ...compared, analysis: { ...compared.analysis, columns } },
      {
        flips: flips.slice(0, 50).map(({ caseId, column }, i) => ({
          caseId,
          column,
          cell: hex(i),
          output: Array.from({ length: 3_000 }, (_, word) => `w${(word * 7) % 911}`).join(' '),
          baseOutput: Array.from({ length: 3_000 }, (_, word) => `w${(word * 5) % 911}`).join(' '),
          prompt: long('prompt'),
          basePrompt: long('prompt'),
        })),
      },
    )
    expect(html.length).toBeLessThan(600_000)
    expect(textOf(root)).toContain('… and 5,900 more columns in analysis.json.')
    expect(textOf(root)).toContain('… and 1,184 more cases that got worse in analysis.json.')
  })
})
