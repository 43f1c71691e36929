/** Units from which anything can show "no worse" by 5 points: ln(.025) / ln(.95). Repeats cannot replace them. */
export const UNITS_THAT_PROVE = 72

/**
 * The largest drop that may still be called "no worse", for a suite that names none: one that its size can prove. Any valid bound
 * needs ln(.025) / ln(1 − margin) units: 72 for 5 points, 36 for 10. Repeats cannot replace them. Null below 40 units.
 * @param units clusters, or cases where no cluster is declared
 */
export function marginFor(units: number): number | null {
  if (units >= 150) return 0.05
  return units >= 40 ? 0.1 : null
}
