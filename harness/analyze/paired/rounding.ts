import type { Bounds } from '../../model/comparison.ts'

/** 0 for −0: a report must not say "−0.0". */
export function plain(x: number): number {
  return x === 0 ? 0 : x
}

export function plainBounds([lo, hi]: Bounds): Bounds {
  return [plain(lo), plain(hi)]
}
