import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import judge from '../../assertions/judge.ts'
import type { Pair } from '../../harness/calibrate/agreement.ts'
import { agreementOf } from '../../harness/calibrate/agreement.ts'
import { instrumentHash } from '../../harness/calibrate/instrument-hash.ts'
import type { Judge } from '../../harness/calibrate/judges.ts'
import { judgesOf } from '../../harness/calibrate/judges.ts'
import type { Labels } from '../../harness/calibrate/labels.ts'
import { readLabels } from '../../harness/calibrate/labels.ts'
import { findCalibration } from '../../harness/calibrate/read-calibration.ts'
import type { Suite } from '../../harness/model/suite.ts'
import { readSuite } from '../../harness/suite/read.ts'
import { judgementTally } from '../../harness/analyze/measures/judgement.ts'
import type { JudgementEvidence } from '../../harness/model/evidence.ts'
import type { CheckVerdict } from '../../harness/model/custom-check.ts'
import SimulatedModel from '../../providers/simulated/index.ts'

const DIR = resolve(import.meta.dirname, '../../suites/judge-calibration')

let suite: Suite
let judges: readonly Judge[]
let labels: Labels
beforeAll(async () => {
  suite = await readSuite(join(DIR, 'suite.yaml'), { env: {}, cwd: DIR })
  judges = await judgesOf(suite)
  labels = await readLabels(join(DIR, 'labels.csv'))
})

describe('the suite judge-calibration', () => {
  it('has four judges, each found once though every case has it', () => {
    expect(judges.map(({ metric }) => metric)).toEqual([
      'helpful',
      'helpful_vague',
      'helpful_panel',
      'preferred',
    ])
  })

  it('has labels that are its tests as well: at least sixty, all levels among them', async () => {
    const { rows } = labels
    expect(rows.length).toBeGreaterThanOrEqual(60)
    expect(new Set(rows.map(({ label }) => label))).toEqual(new Set(['1', '2', '3', '4']))
    const ids: string[] = []
    for await (const { id } of suite.cases()) ids.push(id)
    expect(rows.map(({ id }) => id)).toEqual(ids)
  })

  it('ships a calibration of its judge as it is: after a change of judge or simulated model, `assay calibrate` makes a new one', async () => {
    const { instrument, check } = named('helpful')
    const hash = await instrumentHash(instrument, suite, check.at)
    expect(await findCalibration(DIR, 'helpful', hash)).toMatchObject({ is: 'current' })
  })

  it('shows what anchors are worth: more labels hit, and a score that goes less by length', async () => {
    const [anchored, vague] = [await found('helpful'), await found('helpful_vague')]
    expect(anchored.exact).toBeGreaterThan(vague.exact + 0.05)
    expect(anchored.alpha).toBeGreaterThan(0.6)
    expect(anchored.lengthCorrelation).toBeLessThan(vague.lengthCorrelation - 0.05)
  })

  it('shows the small judge’s liking for the first place', async () => {
    const measures = tallied(await verdicts('preferred'))
    expect(measures.get('flip_rate')).toBeGreaterThan(0.15)
    expect(measures.get('first_place_preference')).toBeGreaterThan(0.1)
  })
})

function named(metric: string): Judge {
  const judge = judges.find((one) => one.metric === metric)
  if (judge === undefined) throw new Error(`no judge ${metric}`)
  return judge
}

/** What a judge of the suite says of every labelled answer, its model asked without waiting. */
async function verdicts(metric: string): Promise<CheckVerdict[]> {
  const { config } = named(metric).check.assertion
  return Promise.all(
    labels.rows.map(({ output, vars }) =>
      judge(output, {
        config,
        vars,
        assay: {
          dir: DIR,
          ask: (grader, prompt) => {
            const { config: model } = grader as { readonly config: object }
            return new SimulatedModel({ config: { ...model, timeScale: 0 } }).callApi(prompt)
          },
        },
      }),
    ),
  )
}

function tallied(said: readonly CheckVerdict[]): Map<string, number> {
  const tally = judgementTally()
  for (const [i, { metadata }] of said.entries()) {
    const evidence = metadata?.evidence as JudgementEvidence
    tally.add(evidence, { caseId: String(i), unit: String(i), repeat: 0, outcome: 'passed', costUsd: 0 })
  }
  return new Map(tally.finish().measures.map(({ name, value }) => [name, value ?? NaN]))
}

async function found(
  metric: string,
): Promise<Readonly<Record<'exact' | 'alpha' | 'lengthCorrelation', number>>> {
  const said = await verdicts(metric)
  const pairs = labels.rows.map(({ label }, i): Pair => [
    Number(label) - 1,
    Math.round(3 * (said[i]?.score ?? NaN)),
  ])
  const { exact, alpha } = agreementOf(pairs, ['1', '2', '3', '4'])
  return {
    exact: exact.value ?? NaN,
    alpha: alpha.value ?? NaN,
    lengthCorrelation: tallied(said).get('length_correlation') ?? NaN,
  }
}
