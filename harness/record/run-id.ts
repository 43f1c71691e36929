/**
 * The id of a run, `20260131-142530-123-k3f9`: the UTC time to the millisecond, so that ids sort by age, and a suffix
 * for runs started in the same one.
 * @param random yields numbers in [0, 1), as `Math.random` does.
 */
export function makeRunId(now: Date, random: () => number): string {
  const time = now.toISOString().slice(0, -1).replaceAll(/[-:]/g, '').replaceAll(/[T.]/g, '-')
  return `${time}-${suffix(random)}`
}

function suffix(random: () => number): string {
  const combinations = 36 ** 4
  return Math.floor(random() * combinations)
    .toString(36)
    .padStart(4, '0')
}
