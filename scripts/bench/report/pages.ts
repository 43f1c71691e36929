import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { BenchContext } from '../context.ts'
import { assay, assayRun, promptfoo, seconds } from '../context.ts'
import type { Measured } from '../measure.ts'
import { median, medianOf } from '../measure.ts'
import { type Interactions, interact } from './interactions.ts'
import { openInBrowser, type Opened } from './opened.ts'
import { writeTalkingSuite } from './talking-suite.ts'

/** The page of so many cells. */
interface Page {
  readonly bytes: number
  readonly opened: Opened
  readonly rendered: Measured
  readonly interactions: Interactions
}

const MB = 1_000_000

/** The report in a real browser: how large it is, how soon it is there, and how it answers. Beside it promptfoo's own. */
export async function benchReport(context: BenchContext): Promise<void> {
  const { table, work } = context
  for (const cells of [1_000, 10_000]) {
    const dir = join(work, String(cells))
    await writeTalkingSuite(dir, cells)
    const own = await ownPage(dir, context)
    table.section(`the page of ${cells.toLocaleString('en-US')} cells of 1 kB of text, headless Chromium`)
    if (context.promptfoo) await beside(dir, own, table)
    else ownRows(own, table)
    answers(own, table, cells === 10_000 ? { ready: 'under 400 ms', bytes: 'under 4 MB' } : {})
  }
  const large = join(work, '100000')
  await writeTalkingSuite(large, 100_000)
  const own = await ownPage(large, context)
  table.section('the page of 100,000 cells, 100 MB of text')
  ownRows(own, table)
  answers(own, table, { ready: 'under 700 ms', bytes: 'under 30 MB', memory: 'under 250 MB (238 MiB)' })
  table.row('report written, wall', seconds(own.rendered.wallMs), 'under 6 s, reading the record included')
  table.row('report written, peak memory', mebibytes(own.rendered.peakMiB), 'under 500 MB (477 MiB)')
  table.row('script + style', kilobytes(ownCode(large)), 'under 100 kB')
}

async function ownPage(dir: string, { runs }: BenchContext): Promise<Page> {
  await medianOf(1, () => assayRun(dir, 50), 1)
  const rendered = await medianOf(1, () => assay(dir, ['report', 'last', '--reporter', 'html=page.html']))
  const file = join(dir, 'page.html')
  const tries: (Opened & { readonly more: Interactions | undefined })[] = []
  for (let i = 0; i < runs; i++) tries.push(await openInBrowser(file, interact))
  const of = (figure: (one: (typeof tries)[number]) => number) => median(tries.map(figure))
  const answered = tries.flatMap(({ more }) => more ?? [])
  const [first] = answered
  if (first === undefined) throw new Error('the page was not opened once')
  const medianAnswer = (key: Exclude<keyof Interactions, 'found'>) => median(answered.map((one) => one[key]))
  return {
    bytes: statSync(file).size,
    opened: {
      domContentLoadedMs: of((one) => one.domContentLoadedMs),
      readyMs: of((one) => one.readyMs),
      rendererMiB: of((one) => one.rendererMiB),
    },
    rendered,
    interactions: {
      filterMs: medianAnswer('filterMs'),
      scrollMs: medianAnswer('scrollMs'),
      detailMs: medianAnswer('detailMs'),
      searchMs: medianAnswer('searchMs'),
      blockedMs: medianAnswer('blockedMs'),
      found: first.found,
    },
  }
}

/** promptfoo's page of the same cells, opened once: it takes long. */
async function beside(dir: string, own: Page, table: BenchContext['table']): Promise<void> {
  await medianOf(1, () => promptfoo(dir, 50, ['-o', 'theirs.html']), 100)
  const file = join(dir, 'theirs.html')
  const theirs = await openInBrowser(file)
  const bytes = statSync(file).size
  const rows = [
    ['size', bytes, own.bytes, megabytes],
    ['DOMContentLoaded', theirs.domContentLoadedMs, own.opened.domContentLoadedMs, milliseconds],
    ['ready', theirs.readyMs, own.opened.readyMs, milliseconds],
    ['renderer memory', theirs.rendererMiB, own.opened.rendererMiB, mebibytes],
  ] as const
  for (const [name, their, our, format] of rows) {
    table.row(`promptfoo, ${name}`, format(their), '')
    table.row(`assay, ${name}`, format(our), 'times less', their / our, '×')
  }
}

function ownRows({ bytes, opened }: Page, table: BenchContext['table']): void {
  table.row('size', megabytes(bytes), '')
  table.row('DOMContentLoaded', milliseconds(opened.domContentLoadedMs), '')
  table.row('ready', milliseconds(opened.readyMs), '')
  table.row('renderer memory', mebibytes(opened.rendererMiB), '')
}

interface Targets {
  readonly ready?: string
  readonly bytes?: string
  readonly memory?: string
}

function answers(
  { interactions, bytes, opened }: Page,
  table: BenchContext['table'],
  targets: Targets,
): void {
  if (targets.bytes !== undefined) table.row('size', megabytes(bytes), targets.bytes)
  if (targets.ready !== undefined) table.row('ready', milliseconds(opened.readyMs), targets.ready)
  if (targets.memory !== undefined)
    table.row('renderer memory', mebibytes(opened.rendererMiB), targets.memory)
  table.row('filter to painted', milliseconds(interactions.filterMs), 'under 120 ms')
  table.row('scroll to painted', milliseconds(interactions.scrollMs), 'under 60 ms')
  table.row('detail to painted', milliseconds(interactions.detailMs), 'under 60 ms')
  table.row(
    'full-text search, whole',
    milliseconds(interactions.searchMs),
    `under 2,500 ms; ${interactions.found}`,
  )
  table.row('longest block of input in it', milliseconds(interactions.blockedMs), 'none over 50 ms (0: none)')
}

/** Bytes of what runs and what styles, as they stand in the page. */
function ownCode(dir: string): number {
  const html = readFileSync(join(dir, 'page.html'), 'utf8')
  const parts = [
    ...html.matchAll(/<(?:script|style)>([^]*?)<\/(?:script|style)>/g),
    ...html.matchAll(/<script type="text\/plain" id="(?:client|worker)">([^]*?)<\/script>/g),
  ]
  return parts.reduce((sum, [, text = '']) => sum + Buffer.byteLength(text), 0)
}

function megabytes(bytes: number): string {
  return `${(bytes / MB).toFixed(2)} MB`
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`
}

function milliseconds(ms: number): string {
  return `${ms.toFixed(0)} ms`
}

function mebibytes(mib: number): string {
  return `${mib.toFixed(0)} MiB`
}
