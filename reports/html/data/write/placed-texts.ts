import type { WriteBeside } from '../../../../harness/model/report.ts'
import type { ArmKind } from '../ids.ts'
import { HANDED_OVER, textId } from '../ids.ts'
import type { PackedArm } from './pack-arm.ts'

/** Characters of base64 that a page holds by itself. */
export const INLINE_LIMIT = 45_000_000

/** Where the texts of an arm are: the first blocks in the page, the others at their addresses beside it. */
export interface PlacedTexts {
  readonly inline: readonly Buffer[]
  readonly beside: readonly string[]
}

/** Places the texts of several arms, one after the other, until the page is full. */
export class TextPlaces {
  readonly #beside: WriteBeside | undefined
  readonly #limit: number
  #characters = 0

  constructor(beside: WriteBeside | undefined, limit: number) {
    this.#beside = beside
    this.#limit = limit
  }

  /** True once all of the texts do not fit into a page, wherever they are put. */
  get isOver(): boolean {
    return this.#characters > this.#limit
  }

  async place(arm: ArmKind, { texts }: PackedArm): Promise<PlacedTexts> {
    const inline: Buffer[] = []
    const beside: string[] = []
    for (const [number, block] of texts.entries()) {
      this.#characters += Math.ceil(block.length / 3) * 4
      if (this.#beside === undefined || !this.isOver) inline.push(block)
      else beside.push(await this.#beside(`${textId(arm, number)}.js`, handOver(textId(arm, number), block)))
    }
    return { inline, beside }
  }
}

/** A script, since a page that was opened from a disk may read no other file. */
function handOver(id: string, block: Buffer): string {
  return `(self.${HANDED_OVER} ??= {})[${JSON.stringify(id)}] = "${block.toString('base64')}"\n`
}
