/** Exit code of an interrupted run: what was finished is on record. */
export const INTERRUPTED = 130

const PRECEDENCE: readonly number[] = [INTERRUPTED, 2, 3, 1, 4, 0]

/** The exit code that stands for several: 130 > 2 > 3 > 1 > 4 > 0. */
export function worstExitCode(codes: readonly number[]): number {
  return PRECEDENCE.find((code) => codes.includes(code)) ?? 0
}
