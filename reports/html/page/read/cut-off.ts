import type { About } from '../../data/about.ts'
import { BLOCK_IDS, textId } from '../../data/ids.ts'

/** What a page that has wholly arrived says of itself where it was cut off; undefined where it was not. */
export function cutOff(document: Document, about: About | undefined): string | undefined {
  if (document.getElementById(BLOCK_IDS.end) !== null) return undefined
  const again = 'Render it again with “assay report RUN --reporter html”.'
  if (about === undefined) return `This file is cut off. ${again}`
  let [there, all] = [0, 0]
  for (const kind of ['main', 'base'] as const) {
    const { texts = 0, beside = [] } = about[kind] ?? {}
    all += texts
    there += beside.length
    for (let block = 0; block < texts - beside.length; block++)
      // The last one that is there has no end.
      if (document.getElementById(textId(kind, block))?.nextElementSibling) there++
  }
  return `This file is cut off: ${there} of ${all} blocks of texts are there. The figures are whole; prompts and replies of some cells are missing. ${again}`
}
