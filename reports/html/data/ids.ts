/** Ids of the page's inert blocks. */
export const BLOCK_IDS = {
  about: 'about',
  client: 'client',
  cases: 'cases',
  worker: 'worker',
  end: 'end',
} as const

export type ArmKind = 'main' | 'base'

export function numbersId(arm: ArmKind): string {
  return `numbers-${arm}`
}

export function textId(arm: ArmKind, block: number): string {
  return `text-${arm}-${block}`
}

/** Where a block that lies beside the page puts itself, by its id. */
export const HANDED_OVER = 'assayBlocks'
