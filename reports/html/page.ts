import type { Renderer, ReportInput, WriteBeside } from '../../harness/model/report.ts'
import { html } from '../format/escape-html.ts'
import { decisionWord } from '../format/headline.ts'
import { CUT_OFF_STYLE } from './cut-off.ts'
import { BLOCK_IDS, numbersId, textId } from './data/ids.ts'
import { aboutRun } from './data/write/about-run.ts'
import { collectCells } from './data/write/collect-cells.ts'
import type { PlacedTexts } from './data/write/placed-texts.ts'
import { INLINE_LIMIT, TextPlaces } from './data/write/placed-texts.ts'
import { scriptJson } from './data/write/script-json.ts'
import { pageNotices } from './notices.ts'
import { loadPage } from './page-module.ts'
import { blockElement, inPieces } from './pieces.ts'
import { policyOf } from './policy.ts'

/** One page that opens offline: verdict first, then all cells. What decides reads without its script. */
export const renderer: Renderer = { name: 'html', file: 'report.html', render: renderPage }

/** @param inlineLimit characters of compressed texts that the page itself may hold */
export async function* renderPage(
  input: ReportInput,
  beside?: WriteBeside,
  inlineLimit = INLINE_LIMIT,
): AsyncIterable<string> {
  yield `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${html(input.run.manifest.suite.name)}: ${decisionWord(input)}</title>
`
  const page = await loadPage()
  const cells = await collectCells(input)
  const places = new TextPlaces(beside, inlineLimit)
  const main = await places.place('main', cells.main)
  const base = cells.base && (await places.place('base', cells.base))
  const lieBeside = main.beside.length + (base?.beside.length ?? 0)
  const { terminal: _terminal, ...shown } = input
  const policy = policyOf({
    scripts: [page.loader, page.client],
    styles: [CUT_OFF_STYLE, page.style],
    beside: lieBeside > 0,
  })
  yield `<meta http-equiv="Content-Security-Policy" content="${policy}">
<style>${CUT_OFF_STYLE}</style>
<style>${page.style}</style>
</head><body>
`
  yield pageNotices({ cells, isOver: places.isOver, beside: lieBeside })
  yield* inPieces(page.module.renderBody({ input: shown, figures: cells.figures }).toWellFormed())

  // What the script needs first stands before it, so that it starts while the texts are still on their way.
  yield `\n<script type="application/json" id="${BLOCK_IDS.about}">`
  yield* inPieces(scriptJson(aboutRun(input, cells, { main, base })))
  yield '</script>\n'
  yield* blockElement(BLOCK_IDS.cases, cells.cases)
  yield* blockElement(numbersId('main'), cells.main.numbers)
  if (cells.base !== undefined) yield* blockElement(numbersId('base'), cells.base.numbers)
  yield `<script type="text/plain" id="${BLOCK_IDS.worker}">${page.worker}</script>\n`
  yield* blockElement(BLOCK_IDS.client, page.packed)
  yield `<script>${page.loader}</script>\n`
  yield* textElements('main', main)
  if (base !== undefined) yield* textElements('base', base)
  yield `<i id="${BLOCK_IDS.end}" hidden></i>\n</body></html>\n`
}

function* textElements(arm: 'main' | 'base', { inline }: PlacedTexts): Iterable<string> {
  for (const [number, block] of inline.entries()) yield* blockElement(textId(arm, number), block)
}
