import type { Figure } from './calibration.ts'

/** What a judge of a run was known to be worth: the manifest's `judges`. */
export interface JudgeStanding {
  /** Its metric, else the name of its file. */
  readonly metric: string
  /** sha256 of models, rubric and prompt. */
  readonly hash: string
  /** The models, as reports name them. */
  readonly graders: readonly string[]
  /** `stale`: the calibration is of another model, rubric or prompt; `weak`: it is not told from chance, or agrees less than the suite asks. */
  readonly calibration: 'current' | 'missing' | 'stale' | 'weak'
  /** Of a stale one, what differs from the judge that was calibrated, as far as is known: `rubric`, `model sonnet`. */
  readonly changed?: readonly string[]
  /** Krippendorff's alpha of the calibration that was found. */
  readonly alpha?: Figure
  /** Rows it was measured on. */
  readonly n?: number
  /** Whether what it says counts: for whether a cell passes, and for gates. */
  readonly counts: boolean
}

/** Why a judge whose calibration is not current is worth less, after its name: `was never compared with people’s labels`. */
export function whyNot({ calibration, changed = [], alpha }: JudgeStanding): string {
  if (calibration === 'missing') return 'was never compared with people’s labels'
  if (calibration === 'stale')
    return changed.length === 0
      ? 'was calibrated with another model, rubric or prompt'
      : `has changed since it was calibrated (${changed.join(', ')})`
  const lo = alpha?.interval?.lo
  return `agrees too little with people’s labels${lo === undefined ? '' : ` (alpha at least ${signed(lo)})`}`
}

/** What is to be said of a judge wherever the run's figures are shown; undefined for one with a current calibration. */
export function judgeNotice(judge: JudgeStanding): string | undefined {
  if (judge.calibration === 'current') return undefined
  const said = `the judge \`${judge.metric}\` ${whyNot(judge)}`
  return judge.counts
    ? `${said}, and gates all the same: the suite sets assay.gate.uncalibratedJudges`
    : `${said}: what it says is shown, and counts neither for a cell nor for the gate; \`assay calibrate\` measures it`
}

function signed(value: number): string {
  return value.toFixed(2).replace('-', '−')
}
