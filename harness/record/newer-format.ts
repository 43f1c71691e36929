/** The format of every file of a run folder. */
const FORMAT = 1

/** The format of a file that a newer version of assay wrote; undefined for any other. */
export function newerFormat(value: unknown): number | undefined {
  const v = typeof value === 'object' && value !== null && 'v' in value ? value.v : undefined
  return typeof v === 'number' && v > FORMAT ? v : undefined
}

/** Goes on from the name of a file, or of its folder. */
export function newerSentence(file: string, format: number): string {
  return `was written by a newer version of assay (${file} has format ${format}): update to read it`
}
