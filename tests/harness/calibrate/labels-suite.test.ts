import { join, resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Judge } from '../../../harness/calibrate/judges.ts'
import { judgesOf } from '../../../harness/calibrate/judges.ts'
import { labelsSuite } from '../../../harness/calibrate/labels-suite.ts'
import type { Suite } from '../../../harness/model/suite.ts'
import { readSuite } from '../../../harness/suite/read.ts'

const DIR = resolve(import.meta.dirname, '../../../suites/judge-calibration')

let suite: Suite
let judges: readonly Judge[]
beforeAll(async () => {
  suite = await readSuite(join(DIR, 'suite.yaml'), { env: {}, cwd: DIR })
  judges = await judgesOf(suite)
})

describe('labelled answers as a suite', () => {
  it('stand in place of a call, whatever they are, and nothing in them is a template', async () => {
    const labels = {
      file: join(DIR, 'labels.csv'),
      sha256: '',
      notes: [],
      rows: [0, false, '{{env.HOME}}', { a: 1 }].map((output, i) => ({
        id: `row-${i}`,
        output,
        label: '1',
        vars: { question: 'file://secret' },
        at: { file: 'labels.jsonl', line: i + 1 },
      })),
    }
    const made = labelsSuite(suite, labels, judges.slice(0, 1))
    const outputs: unknown[] = []
    for await (const { test, literalVars, checks } of made.cases()) {
      outputs.push(test.providerOutput)
      expect(literalVars).toEqual(new Set(['question']))
      expect(checks.map(({ assertion }) => assertion.metric)).toEqual(['helpful'])
    }
    expect(outputs).toEqual(['0', 'false', '{{env.HOME}}', { a: 1 }])
  })
})
