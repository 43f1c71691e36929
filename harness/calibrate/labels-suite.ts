import type { Check } from '../model/assertion.ts'
import type { Case } from '../model/case.ts'
import type { Suite } from '../model/suite.ts'
import { varsDigest } from '../suite/cases/identity.ts'
import type { Judge } from './judges.ts'
import type { LabelledAnswer, Labels } from './labels.ts'

/** Name of its only prompt and of its only provider, which is never asked. */
const COLUMN = 'labelled answers'

/**
 * A suite whose cases are labelled answers: nobody is asked for a reply, and judges are asked as in any run, so that limits, budget,
 * cassette, cost and record hold.
 */
export function labelsSuite(suite: Suite, labels: Labels, judges: readonly Judge[]): Suite {
  const at = { file: labels.file, line: 1 }
  const checks = judges.map(({ check }) => alone(check))
  const cases = labels.rows.map((row) => caseOf(row, checks))
  const { gate: _gate, repeat: _repeat, feedback: _feedback, quarantine: _quarantine, ...kept } = suite.assay
  const { cluster: _cluster, renamed: _renamed, ...assay } = kept
  return {
    ...suite,
    name: `${suite.name}.calibration`,
    description: `Judges of ${suite.name} on labelled answers`,
    prompts: [{ raw: COLUMN, key: COLUMN, label: COLUMN, at }],
    providers: [{ key: COLUMN, id: 'echo', kind: 'promptfoo', account: 'echo', at }, ...suite.providers],
    async *cases() {
      yield* cases
    },
    derivedMetrics: [],
    extensions: [],
    assay,
    serial: false,
    files: { ...suite.files, [labels.file]: labels.sha256 },
    warnings: [],
    counts: { cases: cases.length, duplicates: 0, assertions: cases.length * checks.length },
    defaultTest: undefined,
  }
}

/** Only this column is run: the suite's own providers are there since a judge may be one of them, by its label. */
export const ANSWERS_ONLY = { providers: [COLUMN] } as const

/** Whatever its weight in the suite: the judge's word is what is asked for. */
function alone({ assertion, at, literal }: Check): Check {
  const { weight: _weight, ...rest } = assertion
  return { assertion: rest, at, literal }
}

function caseOf({ id, output, vars, at }: LabelledAnswer, checks: readonly Check[]): Case {
  const own = { ...vars }
  return {
    id,
    digest: varsDigest(own, () => undefined),
    vars: own,
    // Labels are data: nothing in them is a template, or names a file.
    literalVars: new Set(Object.keys(own)),
    test: {
      vars: own,
      assert: checks.map(({ assertion }) => assertion),
      metadata: { id },
      options: { disableVarExpansion: true },
      // 0 and false are answers too, but none that stands in place of a call.
      providerOutput: output || String(output),
    },
    checks,
    repeat: 1,
    tags: [],
    at,
  }
}
