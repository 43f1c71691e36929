import type { ReportInput } from '../../../../harness/model/report.ts'
import { typedPath } from '../../../format/resume-command.ts'
import type { About, ArmAbout } from '../about.ts'
import { FORMAT } from '../about.ts'
import type { CollectedCells } from './collect-cells.ts'
import type { PackedArm } from './pack-arm.ts'
import type { PlacedTexts } from './placed-texts.ts'

/** What the page's script is told. */
export function aboutRun(
  { run, analysis, verdict }: ReportInput,
  cells: CollectedCells,
  texts: { readonly main: PlacedTexts; readonly base: PlacedTexts | undefined },
): About {
  const { id, suite, startedAt } = run.manifest
  const { main, base } = cells
  const limits = verdict.gates.flatMap(({ name, threshold }) =>
    name === 'latency p95' && typeof threshold === 'number' ? [threshold] : [],
  )
  return {
    v: FORMAT,
    run: { id, suite: suite.name, file: suite.file, dir: typedPath(run.dir, undefined), startedAt },
    decision: verdict.decision,
    ...cells.about,
    main: aboutArm(main, texts.main),
    ...(base !== undefined && {
      base: {
        ...aboutArm(base, texts.base),
        name: analysis.comparison?.baseline.name ?? '',
        pairs: base.pairs,
      },
    }),
    ...(limits.length > 0 && { latencyLimitMs: Math.min(...limits) }),
  }
}

function aboutArm(
  { rows, columns, fields, texts, starts }: PackedArm,
  placed: PlacedTexts | undefined,
): ArmAbout {
  return {
    rows,
    columns,
    fields,
    texts: texts.length,
    starts,
    ...(placed !== undefined && placed.beside.length > 0 && { beside: placed.beside }),
  }
}
