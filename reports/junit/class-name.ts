/** Jenkins takes what stands before the last dot of a class for its package, so that a class keeps no dot of its own. */
export function classWithoutDots(text: string): string {
  return text.replaceAll('.', '_')
}
