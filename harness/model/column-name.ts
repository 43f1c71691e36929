/** A column by its two keys. */
export interface ColumnName {
  readonly prompt: string
  readonly provider: string
}

/** A column as sentences name it: `few-shot × sonnet`. */
export function columnName({ prompt, provider }: ColumnName): string {
  return `${prompt} × ${provider}`
}

export function isSameColumn(a: ColumnName, b: ColumnName): boolean {
  return a.prompt === b.prompt && a.provider === b.provider
}
