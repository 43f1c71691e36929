import type { About } from '../data/about.ts'
import { enableCopyButtons } from './detail/copy-buttons.ts'
import { pageArrived } from './read/arrival.ts'
import { cutOff } from './read/cut-off.ts'
import { openReport } from './read/open-report.ts'
import { mountCells } from './table/mount.tsx'

/**
 * Starts the page. Its numbers stand before its script, so the table is there while texts are still on their way; whether all
 * of them have come is known at the end.
 */
export async function boot(document: Document): Promise<void> {
  const place = document.getElementById('cells')
  enableCopyButtons(document)
  let about: About | undefined
  try {
    const data = await openReport(document)
    about = data.about
    place?.replaceChildren()
    if (place !== null) mountCells(data, place)
    // Two frames: the one that draws the table is over when the next begins.
    requestAnimationFrame(() => requestAnimationFrame(() => performance.mark('assay:ready')))
  } catch (error) {
    place?.replaceChildren()
    say(document, place, `All cells: ${error instanceof Error ? error.message : String(error)}`)
  }
  await pageArrived(document)
  const sentence = cutOff(document, about)
  if (sentence === undefined) return
  const notice = document.createElement('aside')
  notice.className = 'page-notice cut-off'
  notice.setAttribute('aria-label', 'About this file')
  say(document, notice, sentence)
  document.body.prepend(notice)
  document.body.classList.add('cut-off-told')
}

function say(document: Document, place: HTMLElement | null, sentence: string): void {
  const paragraph = document.createElement('p')
  paragraph.setAttribute('role', 'alert')
  paragraph.textContent = sentence
  place?.append(paragraph)
}
