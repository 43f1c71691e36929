import type { About, CasesBlock } from '../../data/about.ts'
import { FORMAT } from '../../data/about.ts'
import type { ArmKind } from '../../data/ids.ts'
import { BLOCK_IDS, numbersId } from '../../data/ids.ts'
import type { Arm } from '../model/arm.ts'
import type { ReportData } from '../model/report-data.ts'
import { fullTextSearch } from '../search/full-text-search.ts'
import { startWorker } from '../search/start-worker.ts'
import { readArm } from './arm.ts'
import { partArrived } from './arrival.ts'
import type { Blocks, PageParts } from './blocks.ts'
import { besideLoader, pageBlocks } from './blocks.ts'
import { caseLabels } from './cases.ts'
import { fromBase64, inflateBytes, inflateText } from './inflate.ts'
import { blockTexts } from './texts.ts'
import { trustedUrls } from './trusted.ts'

/** The cells of the page: numbers and cases now, texts when they are asked for. @throws Error with a sentence for people */
export async function openReport(document: Document): Promise<ReportData> {
  const about = readAbout(document)
  const trust = trustedUrls([...(about.main.beside ?? []), ...(about.base?.beside ?? [])])
  const blocks = pageBlocks(document, about, {
    loadBeside: besideLoader(document, trust),
    arrived: async (id) => partArrived(document, id),
  })
  const source = blocks.inside(BLOCK_IDS.worker) ?? ''
  return readReport(about, blocks, () => startWorker(source, trust))
}

/** @throws Error with a sentence for people */
export function readAbout(parts: PageParts): About {
  const text = parts.getElementById(BLOCK_IDS.about)?.textContent
  if (text === undefined || text === null)
    throw new Error('This file is cut off: it holds no cells. Render it again with “assay report”.')
  const about = parsed(text)
  const { v } = about as { v?: unknown }
  if (v === FORMAT) return about as About
  throw new Error(
    typeof v === 'number' && v > FORMAT
      ? 'The cells were written by a newer version of assay than this page: render it again with one version.'
      : 'The cells cannot be read: this file is damaged. Render it again with “assay report”.',
  )
}

/** @param makeWorker undefined where no worker may be started */
export async function readReport(
  about: About,
  blocks: Blocks,
  makeWorker: () => Worker | undefined,
): Promise<ReportData> {
  const [cases, main, base] = await Promise.all([
    readBlock(blocks, BLOCK_IDS.cases, inflateText),
    armOf('main', about, blocks),
    armOf('base', about, blocks),
  ])
  if (main === undefined) throw new Error('This page holds no cells.')
  return {
    about,
    main,
    base,
    cases: caseLabels(parsed(cases) as CasesBlock),
    texts: blockTexts(about, blocks, (arm, row) => cellNameAt((arm === 'main' ? main : base)?.ids, row)),
    search: fullTextSearch(about, blocks, makeWorker),
  }
}

/** The cell's name: two words of the ids, in hex. */
function cellNameAt(ids: Uint32Array | undefined, row: number): string {
  const hex = (word: number) => (ids?.[2 * row + word] ?? 0).toString(16).padStart(8, '0')
  return hex(0) + hex(1)
}

async function armOf(kind: ArmKind, about: About, blocks: Blocks): Promise<Arm | undefined> {
  const arm = about[kind]
  if (arm === undefined) return undefined
  const bytes = await readBlock(blocks, numbersId(kind), inflateBytes)
  try {
    return readArm(kind, arm, about.metrics, bytes)
  } catch (cause) {
    throw damaged(cause)
  }
}

async function readBlock<T>(
  blocks: Blocks,
  id: string,
  inflate: (bytes: Uint8Array<ArrayBuffer>) => Promise<T>,
): Promise<T> {
  const content = blocks.inside(id)
  if (content === undefined)
    throw new Error(
      'This file is cut off before its cells begin: what stands above is whole. Render it again with “assay report”.',
    )
  try {
    return await inflate(fromBase64(content))
  } catch (cause) {
    throw damaged(cause)
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw damaged(cause)
  }
}

function damaged(cause: unknown): Error {
  return new Error(
    'The cells cannot be read: this file is damaged, or cut off. Render it again with “assay report”.',
    {
      cause,
    },
  )
}
