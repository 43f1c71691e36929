/** How much of a text is shown, in UTF-16 units: a name of 4,000 is still a name. */
export const UNITS = {
  name: 220,
  column: 160,
  reason: 600,
  line: 1_000,
  command: 2_000,
  output: 3_000,
  prompt: 1_500,
  /** Differences of one prompt. */
  change: 4_000,
} as const

/** How many of a kind are listed: the rest is in the run's files. */
export const LISTED = {
  reasons: 8,
  gates: 150,
  flips: 50,
  improved: 20,
  groupedFlips: 12,
  printedFlips: 12,
  worst: 50,
  columns: 100,
  metrics: 40,
  metricColumns: 50,
  comparisons: 100,
  others: 50,
  changes: 20,
  flaky: 50,
  rankedColumns: 50,
  errors: 50,
  runs: 100,
  trends: 12,
} as const
