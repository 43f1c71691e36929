import { explain, type Incomplete, isUnavailable } from '../../harness/model/incomplete.ts'
import type { ReportInput } from '../../harness/model/report.ts'
import type { Manifest, Run } from '../../harness/model/run.ts'
import type { Verdict } from '../../harness/model/verdict.ts'
import { counted } from './figures.ts'
import { sharedAnalysis } from './shared-analysis.ts'
import { sharedCases } from './shared-cases.ts'
import { LEFT_OUT, withoutTexts } from './without-texts.ts'

/**
 * What a report that is shared is made of: no prompt, reply, variable, config or reason but those of the cases that are shown, whatever
 * renders it. Names stay: of cases (their ids), columns, metrics, checks, tags, slices and files. An input that is not to be shared is
 * given back.
 */
export function sharedInput(input: ReportInput): ReportInput {
  const shown = sharedCases(input)
  if (shown === undefined) return input
  const { run, analysis, verdict, baseline, reviews } = input
  const isShown = (caseId: string): boolean => shown.has(caseId)
  return {
    ...input,
    run: sharedRun(run, isShown),
    analysis: sharedAnalysis(analysis, isShown),
    verdict: sharedVerdict(verdict, input),
    ...(baseline !== undefined && { baseline: sharedRun(baseline, isShown) }),
    // A digest of a short reply gives it away, and a note may quote it.
    ...(reviews !== undefined && { reviews: reviews.filter(({ caseId }) => isShown(caseId)) }),
    share: { cases: [...shown] },
  }
}

function sharedRun(run: Run, isShown: (caseId: string) => boolean): Run {
  return {
    dir: run.dir,
    manifest: sharedManifest(run.manifest),
    async *trials(wanted) {
      for await (const trial of run.trials(wanted))
        yield isShown(trial.cell.caseId) ? trial : withoutTexts(trial)
    },
  }
}

/** Configs hold system prompts and tools, warnings quote what they warn of. */
function sharedManifest(manifest: Manifest): Manifest {
  const { providers, prompts, warnings, incomplete } = manifest
  return {
    ...manifest,
    providers: providers.map(withoutConfig),
    prompts: prompts.map(withoutRaw),
    ...(warnings !== undefined && {
      warnings: [`${counted(warnings.length, 'warning')} of the run: ${LEFT_OUT}`],
    }),
    ...(incomplete !== undefined && { incomplete: incomplete.map(sharedCause) }),
  }
}

function withoutConfig({ config: _config, ...provider }: Manifest['providers'][number]) {
  return provider
}

function withoutRaw({ key, file, function: isFunction }: Manifest['prompts'][number]) {
  return { key, raw: LEFT_OUT, file, ...(isFunction !== undefined && { function: isFunction }) }
}

/** Of an account that could not be used, not what it said: that may quote a request. */
function sharedCause(cause: Incomplete): Incomplete {
  return isUnavailable(cause) ? { ...cause, message: CAUSES[cause.cause] ?? LEFT_OUT } : cause
}

const CAUSES: Partial<Record<Incomplete['cause'], string>> = {
  outage: 'does not answer',
  credit: 'is out of money',
  auth: 'refuses the key',
}

/** The sentences of a verdict are figures and ids, but where they say why cells are missing. */
function sharedVerdict(verdict: Verdict, { run, analysis }: ReportInput): Verdict {
  const { planned } = analysis.cells
  const sentences = (run.manifest.incomplete ?? []).map(
    (cause) => [explain(cause, planned), explain(sharedCause(cause), planned)] as const,
  )
  const messages = analysis.errors.map(({ message }) => [message, LEFT_OUT] as const)
  const replaced = [...sentences, ...messages].filter(([quoted]) => quoted !== '')
  return {
    ...verdict,
    reasons: verdict.reasons.map((reason) =>
      replaced.reduce((text, [quoted, instead]) => text.replaceAll(quoted, () => instead), reason),
    ),
  }
}
