import { isOther } from '../comparing.ts'
import type { Comparing } from '../comparing.ts'
import { quarantineOf } from '../gate/quarantine.ts'
import { alphaOf, gatedMetrics, gateOf } from '../gate/settings.ts'
import { columnName } from '../model/comparison.ts'
import { HarnessError } from '../model/errors.ts'
import type { Plan } from '../model/plan.ts'
import type { Verifier } from '../model/verification.ts'
import { StopRule } from './stop-rule.ts'

/**
 * The rule by which a run stops once its gate has decided. Cases that are out of the gate, and those whose checks are others than the
 * baseline's scores rest on, are run like the rest and decide nothing.
 * @throws HarnessError `usage` where the baseline lacks a case
 */
export async function openStopRule(
  plan: Plan,
  { baseline, pairs }: Comparing,
  { verifier, today }: { readonly verifier: Pick<Verifier, 'checksHash'>; readonly today: Date },
): Promise<StopRule> {
  const { assay } = plan.suite
  const gate = gateOf(assay)
  const { arm } = baseline
  const gating = pairs.filter(({ gates, base }) => gates && base === arm.table)
  const names = new Set(gating.map(({ column }) => columnName(column)))
  const cellsOf = new Map<string, number>()
  const missing = new Set<string>()
  const changed = new Set<string>()
  const mustPass = new Set<string>()
  const tags = new Set([gate?.mustPass?.tag ?? []].flat())
  const quarantined = quarantineOf(assay, today).ids
  for await (const { column, case: testCase } of plan.cells()) {
    const { id } = testCase
    if (!names.has(columnName({ prompt: column.prompt.key, provider: column.provider.key }))) continue
    cellsOf.set(id, (cellsOf.get(id) ?? 0) + 1)
    if (!quarantined.has(id) && testCase.tags.some((tag) => tags.has(tag))) mustPass.add(id)
    const known = arm.table.caseInfo(id)
    if (known === undefined) missing.add(id)
    else if (isOther(known, testCase, verifier)) changed.add(id)
  }
  if (gating.length < pairs.filter(({ gates }) => gates).length)
    throw new HarnessError(
      'usage',
      '--stop-early cannot be used where `gate.against` is a column of the run',
      {
        hint: 'It counts each case against scores on record. Leave --stop-early out.',
      },
    )
  if (missing.size > 0)
    throw new HarnessError(
      'usage',
      `--stop-early needs a baseline that has every case: ${missing.size} ${missing.size === 1 ? 'is' : 'are'} not in it`,
      {
        hint: 'Accept a run of the suite as it is now, or leave --stop-early out.',
      },
    )
  const metrics = gatedMetrics(gate)
  return new StopRule({
    watched: gating.flatMap(({ column, against }) => metrics.map((metric) => ({ column, against, metric }))),
    base: arm.table,
    order: [...cellsOf.keys()].filter((id) => !quarantined.has(id) && !changed.has(id)),
    cellsOf,
    mustPass,
    isSingle: plan.size.repeats === 1,
    alpha: alphaOf(gate),
    margin: gate?.margin ?? baseline.margin,
  })
}
