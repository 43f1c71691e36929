import type { PassCount } from '../../model/comparison.ts'
import { fisherLess } from '../../stats/fisher.ts'
import { holm } from '../../stats/multiple.ts'

/** One-sided: the chance that any case of a run is confirmed broken that is not. */
const LEVEL = 0.025

/** Cases of a run that are run again at most. Where more have broken, these stand for the others. */
export const MOST_CASES = 50

/** Fresh repeats of one case in both arms. */
interface FreshPasses {
  readonly base: PassCount
  readonly candidate: PassCount
}

/** Fisher's exact test that the candidate passes less often, for each case, after Holm over all of them. */
export function confirmTest(
  cases: readonly FreshPasses[],
): { readonly pHolm: number; readonly confirmed: boolean }[] {
  const ps = cases.map(({ base, candidate }) =>
    fisherLess({ passedA: base.passed, nA: base.of, passedB: candidate.passed, nB: candidate.of }),
  )
  return holm(ps).map((pHolm) => ({ pHolm, confirmed: pHolm <= LEVEL }))
}

/**
 * Fresh repeats per arm with which each of so many cases can be confirmed at all: with n, no outcome has a smaller p than 1 / C(2n, n), and Holm's
 * first step asks for 0.025 / cases. Five do for six cases, seven for 85.
 * @param asked at least so many
 */
export function repeatsToConfirm(cases: number, asked: number): number {
  let repeats = asked
  while (fisherLess({ passedA: repeats, nA: repeats, passedB: 0, nB: repeats }) * cases > LEVEL) repeats++
  return repeats
}
