import type { About } from '../../data/about.ts'
import type { ArmKind } from '../../data/ids.ts'
import { HANDED_OVER, textId } from '../../data/ids.ts'
import type { TrustedUrl } from './trusted.ts'

/** The parts of a page by their ids: a document, or what stands for one. */
export interface PageParts {
  getElementById(id: string): { readonly textContent: string | null } | null
}

/** The inert blocks of a page, in base64. */
export interface Blocks {
  /** Undefined where the page lacks it: it was cut off. */
  inside(id: string): string | undefined
  /** Of texts, wherever they are. @throws Error with a sentence for people where they are missing */
  text(arm: ArmKind, block: number): Promise<string>
}

type LoadBeside = (id: string, address: string) => Promise<string>

/** @param arrived waits for a block that stands after the script, which may start before it is there */
export function pageBlocks(
  parts: PageParts,
  about: About,
  {
    loadBeside,
    arrived,
  }: { readonly loadBeside: LoadBeside; readonly arrived: (id: string) => Promise<void> },
): Blocks {
  const inside = (id: string) => parts.getElementById(id)?.textContent ?? undefined
  const following = async (id: string) => {
    await arrived(id)
    return inside(id)
  }
  return {
    inside,
    async text(arm, block) {
      const { texts = 0, beside = [] } = about[arm] ?? {}
      const id = textId(arm, block)
      const address = beside[block - (texts - beside.length)]
      const content = await (address === undefined ? following(id) : loadBeside(id, address))
      if (content !== undefined) return content
      throw new Error(
        'The texts of this cell are missing: this file is cut off. Render it again with “assay report”.',
      )
    },
  }
}

/** Loads a block that lies beside the page. Only scripts can be read there by a page that was opened from a disk. */
export function besideLoader(document: Document, trust: TrustedUrl): LoadBeside {
  return async (id, address) =>
    new Promise((resolve, reject) => {
      const script = document.createElement('script')
      const end = () => {
        script.remove()
        const blocks = (globalThis as { [HANDED_OVER]?: Record<string, string> })[HANDED_OVER]
        const content = blocks?.[id]
        delete blocks?.[id]
        if (content !== undefined) resolve(content)
        else
          reject(
            new Error(
              `The texts of this cell are in ${address}, which is not there or cannot be read: it belongs beside this page.`,
            ),
          )
      }
      script.addEventListener('load', end)
      script.addEventListener('error', end)
      script.src = trust(address)
      document.head.append(script)
    })
}
