import type { ReportInput } from '../../../../harness/model/report.ts'
import type { About } from '../about.ts'
import type { CellFigures } from '../cell-figures.ts'
import { linesOf } from '../row-lines.ts'
import { ArmNumbers } from './arm-numbers.ts'
import { Cases } from './cases.ts'
import { markChanges } from './changes.ts'
import { collectBase } from './collect-base.ts'
import { Columns } from './columns.ts'
import { firstReply } from './first-reply.ts'
import { FlipCollector } from './flip-texts.ts'
import { Groups } from './groups.ts'
import { gzip } from './gzip.ts'
import { Latencies } from './latency-histograms.ts'
import { packArm, type PackedArm } from './pack-arm.ts'
import { pairsOf } from './pairs.ts'
import { ReviewRows } from './review-rows.ts'
import { rowFlags } from './row-flags.ts'
import { rowRecord } from './row-record.ts'
import { sliceFigures } from './slices.ts'
import { TextBlocks } from './text-blocks.ts'

/** The cells of a run and of its baseline, compressed, and what the static sections need of them. */
export interface CollectedCells {
  readonly figures: CellFigures
  /** Without what depends on where the blocks are put. */
  readonly about: Pick<About, 'metrics' | 'cases' | 'against' | 'reviews' | 'shared'>
  /** Metrics that are in the texts alone. */
  readonly metricsLeftOut: number
  readonly cases: Buffer
  readonly main: PackedArm
  readonly base?: PackedArm & { readonly pairs: readonly number[] }
}

/** One pass over the trials of the run, and one over those of its baseline: none is held. */
export async function collectCells(input: ReportInput): Promise<CollectedCells> {
  const { run, analysis, baseline } = input
  const { comparison } = analysis
  const columns = new Columns([...run.manifest.columns, ...analysis.columns])
  const pairs = pairsOf(run, comparison, columns)
  const metrics = analysis.columns.flatMap(({ namedScores }) => Object.keys(namedScores))
  const flags = rowFlags(input)
  const { shown } = flags
  const cases = new Cases()
  const numbers = new ArmNumbers(metrics, true)
  const latencies = new Latencies()
  const flips = new FlipCollector(analysis, columns, pairs)
  const reviews = new ReviewRows(input.reviews)
  const texts = new TextBlocks()
  for await (const trial of run.trials()) {
    const { cell } = trial
    const [caseNumber, column, first] = [cases.of(cell), columns.of(cell), firstReply(trial)]
    reviews.add(trial, numbers.rows)
    numbers.add(trial, { caseNumber, column, flags: flags.of(cell.caseId, cell) }, first)
    latencies.add(column, first)
    flips.addMain(trial, column)
    await texts.add(linesOf(rowRecord(trial)))
  }

  const base = await collectBase(baseline, { pairs, cases, metrics: numbers.metrics, flags, flips })

  const { names } = columns
  const main = { numbers, groups: new Groups(numbers, names.length) }
  markChanges({
    main,
    base: base && {
      numbers: base.numbers,
      groups: new Groups(base.numbers, pairs.baseColumns.names.length),
    },
    pairs,
    comparison,
    cases,
    columns,
  })
  const figures: CellFigures = {
    latency: names.flatMap((name, column) => {
      const own = latencies.histogram(column, { name, arm: 'run' })
      const before = base?.latencies.histogram(pairs.base[column] ?? -1, { name, arm: 'baseline' })
      return [own, before].filter((histogram) => histogram !== undefined)
    }),
    slices: sliceFigures(cases, numbers, columns),
    flips: flips.finish(),
  }
  const order = cases.inOrder()
  renumber(base === undefined ? [numbers] : [numbers, base.numbers], order)
  return {
    figures,
    about: {
      metrics: numbers.metrics,
      cases: order.length,
      reviews: reviews.found,
      ...(pairs.against.some((column) => column !== -1) && { against: pairs.against }),
      ...(shown !== undefined && {
        shared: { cases: cases.facts.filter(({ id }) => shown.has(id)).length, of: order.length },
      }),
    },
    metricsLeftOut: numbers.leftOut.size,
    cases: await gzip(JSON.stringify(cases.block(order))),
    main: await packArm(numbers, names, texts),
    ...(base !== undefined && {
      base: { ...(await packArm(base.numbers, pairs.baseColumns.names, base.texts)), pairs: pairs.base },
    }),
  }
}

/** Cases by their place in the suite, rather than by when they first came. */
function renumber(arms: readonly ArmNumbers[], order: Uint32Array): void {
  const places = new Uint32Array(order.length)
  for (const [place, number] of order.entries()) places[number] = place
  for (const arm of arms) {
    const numbers = arm.values('case')
    for (let row = 0; row < arm.rows; row++) numbers[row] = places[numbers[row] as number] as number
  }
}
