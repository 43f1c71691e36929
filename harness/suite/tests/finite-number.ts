const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/

/** The number in a dataset cell, or undefined when the cell is empty or holds anything else. */
export function parseFiniteNumber(text: string | undefined): number | undefined {
  const trimmed = text?.trim() ?? ''
  const value = NUMBER.test(trimmed) ? Number(trimmed) : Number.NaN
  return Number.isFinite(value) ? value : undefined
}
