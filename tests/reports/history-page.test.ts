import { createHash } from 'node:crypto'
import { SaxesParser } from 'saxes'
import { describe, expect, it } from 'vitest'
import { lookedAt } from '../../harness/history/level-shifts.ts'
import type { History, HistoryEntry, LevelShift } from '../../harness/model/history.ts'
import { historyPage } from '../../reports/history/page.ts'
import { makeColumn, makeEntry, runId } from '../harness/history/make-runs.ts'
import { HOSTILE } from './hostile.ts'

function history(runs: readonly HistoryEntry[], parts: Partial<History> = {}): History {
  return { suite: 'sentiment', runs, shifts: [], looked: lookedAt(runs), unread: [], ...parts }
}

const SHIFT: LevelShift = {
  column: { prompt: 'few-shot', provider: 'sonnet' },
  measure: 'latency',
  at: runId(12),
  before: 31,
  after: 55,
  runs: { before: 12, after: 9 },
  p: 0.0021,
  method: 'pettitt',
  explained: false,
}

const RUNS = Array.from({ length: 21 }, (_, i) => makeEntry(i, { latency: i < 12 ? 31 : 55 }))

/** Every element of a page, with its attributes, and the text outside of tags. Fails on a page that is not well formed. */
function elementsOf(page: string): {
  tags: { name: string; attributes: Record<string, string> }[]
  text: string
} {
  const tags: { name: string; attributes: Record<string, string> }[] = []
  let text = ''
  const parser = new SaxesParser()
  parser.on('opentag', ({ name, attributes }) => tags.push({ name, attributes }))
  parser.on('text', (said) => (text += said))
  parser.on('error', (error) => {
    throw error
  })
  // Characters that HTML may hold, and XML may not.
  const legal = page.replaceAll(/[\uFFFE\uFFFF]/g, '')
  const closed = legal.replace('<!doctype html>\n', '').replaceAll(/<(meta [^>]*|br)>/g, '<$1/>')
  parser.write(closed).close()
  return { tags, text }
}

describe('the page of a suite’s runs', () => {
  it('links every run’s report from where it stands, newest first', () => {
    const { tags } = elementsOf(historyPage(history([1, 2, 3].map((n) => makeEntry(n)))))
    const links = tags.filter(({ name }) => name === 'a').map(({ attributes }) => attributes['href'])
    expect(links).toStrictEqual([3, 2, 1].map((n) => `./${runId(n)}/report.html`))
  })

  it('draws no run without a verdict, and says beside such a run why it is in no trend', () => {
    const broken = makeEntry(3, { quality: 0.01 }, { decision: 'invalid', exitCode: 3 })
    const page = historyPage(history([makeEntry(1), makeEntry(2), broken]))
    expect(page).toContain('Columns over 2 runs')
    expect(page).not.toContain('1.0%')
    expect(page).toContain(`${runId(3)}</a><div class="quiet note">without a verdict: no trend goes by it`)
  })

  it('says the finding in its title: how the last run went', () => {
    const page = historyPage(history([makeEntry(1), makeEntry(2, {}, { decision: 'block', exitCode: 1 })]))
    expect(page).toContain('<title>sentiment: the last run was BLOCK</title>')
    expect(page).toContain('Too few runs to tell drift: 2 of 8')
  })

  it('says the finding in its title: what drifted', () => {
    const page = historyPage(history(RUNS, { shifts: [SHIFT] }))
    expect(page).toContain(
      '<title>sentiment: 1 lasting change of level that nothing in the column explains</title>',
    )
    expect(page).toContain(
      `few-shot × sonnet: latency rose from 31 ms to 55 ms with run ${runId(12)} (12 runs before, 9 since; Pettitt p = 0.002). The prompt and the model’s settings did not change.`,
    )
    expect(page).toContain('aria-label="latency rose from 31 ms to 55 ms"')
  })

  it('says of a change that the prompt explains that it does, and does not call it drift', () => {
    const page = historyPage(history(RUNS, { shifts: [{ ...SHIFT, explained: true }] }))
    expect(page).toContain('○ explained')
    expect(page).not.toContain('! drift')
    expect(page).toContain('<title>sentiment: the last run was PASS</title>')
  })

  it('says where other files of the suite changed with a shift', () => {
    const edited = RUNS.map((run, i) => ({ ...run, suiteHash: i < 12 ? 'a' : 'b' }))
    expect(historyPage(history(edited, { shifts: [SHIFT] }))).toContain(
      'other files of the suite did (cases, checks)',
    )
  })

  it('says of a long history without a change that there is none', () => {
    expect(historyPage(history(RUNS))).toContain('No lasting change of level in 21 runs')
  })

  it.each([
    ['pass', 0, '✓ PASS'],
    ['warn', 0, '! WARN'],
    ['block', 1, '✗ BLOCK'],
    ['invalid', 3, '? INVALID'],
    ['no_baseline', 0, '○ NO BASELINE'],
    ['pass', 4, '~ INCONCLUSIVE'],
  ] as const)('shows %s (exit %i) by shape as well as by word', (decision, exitCode, shown) => {
    expect(historyPage(history([makeEntry(1, {}, { decision, exitCode })]))).toContain(`>${shown}</td>`)
  })

  it('draws every measure that was taken, with a table of its figures behind it', () => {
    const { tags, text } = elementsOf(
      historyPage(
        history(
          RUNS.slice(0, 3).map((run) => Object.assign({}, run, { columns: [makeColumn({ cost: null })] })),
        ),
      ),
    )
    expect(tags.filter(({ name }) => name === 'svg')).toHaveLength(4)
    expect(tags.filter(({ name }) => name === 'details')).toHaveLength(1)
    for (const figure of ['80.0%', '100 ms', '0.0%', '30 tokens', '–']) expect(text).toContain(figure)
  })

  it('has no script, no style but its own, and no attribute that the policy would block', () => {
    const page = historyPage(history(RUNS, { shifts: [SHIFT] }))
    const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(page) ?? []
    const hash = createHash('sha256').update(style).digest('base64')
    expect(page).toContain(
      `content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`,
    )
    const { tags } = elementsOf(page)
    expect(tags.filter(({ name }) => name === 'script')).toStrictEqual([])
    expect(
      tags.filter(({ attributes }) =>
        Object.keys(attributes).some((key) => key === 'style' || key.startsWith('on')),
      ),
    ).toStrictEqual([])
    expect(page).not.toMatch(/https?:/)
  })

  it('lets no name out of its place: the page has the same elements as with plain ones', () => {
    const of = (text: string): History => {
      const column = { prompt: `p ${text}`, provider: `m ${text}` }
      const runs = RUNS.map((run, i) => ({
        ...run,
        id: i === 12 ? run.id : `run ${text}`,
        dir: `dir ${text}`,
        commit: `c ${text}`,
        branch: `b ${text}`,
        columns: [{ ...makeColumn(), ...column, latency: i < 12 ? 31 : 55 }],
      }))
      return history(runs, { suite: `suite ${text}`, shifts: [{ ...SHIFT, column }], unread: [`x ${text}`] })
    }
    const [plain, hostile] = [elementsOf(historyPage(of('x'))), elementsOf(historyPage(of(HOSTILE)))]
    const shape = ({ tags }: typeof plain): string[] =>
      tags.map(({ name, attributes }) => `${name} ${Object.keys(attributes).join()}`)
    expect(shape(hostile)).toStrictEqual(shape(plain))
    for (const { attributes } of hostile.tags.filter(({ name }) => name === 'a')) {
      expect(attributes['href']).toMatch(/^\.\/dir%20[^/:<>"'\\\s]*\/report\.html$/)
    }
    expect(hostile.text).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}/u)
  })

  it('cuts names of 4,000 characters', () => {
    const column = makeColumn({ prompt: 'p'.repeat(4_000) })
    const page = historyPage(history([makeEntry(1, {}, { columns: [column] })], { suite: 's'.repeat(4_000) }))
    expect(page).not.toMatch(/p{200}|s{200}/)
  })

  it('shows the columns that changed first, 40 at most, and says how many more there are', () => {
    const columns = Array.from({ length: 50 }, (_, i) => makeColumn({ prompt: `p${i}` }))
    const runs = RUNS.map((run) => Object.assign({}, run, { columns }))
    const shifts = [{ ...SHIFT, column: { prompt: 'p49', provider: 'sonnet' } }]
    const page = historyPage(history(runs, { shifts }))
    expect(page.indexOf('<h3>p49 × sonnet')).toBeLessThan(page.indexOf('<h3>p0 × sonnet'))
    expect(page).toContain('10 more columns in history.json')
  })

  it('lists 300 runs, and draws the last 100 of them', () => {
    const page = historyPage(history(Array.from({ length: 300 }, (_, i) => makeEntry(i))))
    expect(page.match(/report\.html/g)).toHaveLength(300)
    expect(page).toContain('Columns over 100 runs')
  })

  it('says of a run that no trend goes by it', () => {
    expect(historyPage(history([makeEntry(1, {}, { isWhole: false })]))).toContain('no trend goes by it')
  })

  it('has something to say of no run at all', () => {
    const page = historyPage(history([], { unread: ['x holds no manifest.json.'] }))
    expect(page).toContain('<title>sentiment: no run that can be read</title>')
    expect(page).toContain('x holds no manifest.json.')
  })
})
