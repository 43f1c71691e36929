import { useEffect, useState } from 'preact/hooks'
import { rowsOfCase } from '../detail/case-rows.ts'
import type { ReportData } from '../model/report-data.ts'

/** Repeats that are read: a case is seldom asked more often. */
const MOST = 50

interface Found {
  readonly row: number
  readonly alike: readonly number[]
}

/** Other repeats of a cell that gave the same reply, for which a review of it holds as well. Empty until they are read. */
export function useSameReplies(data: ReportData, row: number, output: unknown): readonly number[] {
  const [found, setFound] = useState<Found>()
  useEffect(() => {
    if (output === undefined || output === null) return undefined
    let isWanted = true
    const find = async () => {
      const alike = await sameReplies(data, row, JSON.stringify(output))
      if (isWanted) setFound({ row, alike })
    }
    void find()
    return () => (isWanted = false)
  }, [row, output])
  return found?.row === row ? found.alike : []
}

async function sameReplies({ main, texts }: ReportData, row: number, reply: string): Promise<number[]> {
  const repeats = rowsOfCase(main, main.case[row] as number, main.column[row]).slice(0, MOST)
  const isAlike = async (other: number) => JSON.stringify((await texts.read('main', other)).output) === reply
  const alike = await Promise.all(repeats.map((other) => isAlike(other).catch(() => false)))
  return repeats.filter((other, i) => other !== row && alike[i])
}
