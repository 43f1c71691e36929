import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { HarnessError } from '../../../../harness/model/errors.ts'
import { readConfig } from '../../../../harness/suite/config/read-config.ts'
import { project } from './mistake.ts'

const SUITE = `description: &d a suite
prompts: ['say {{name}} {{env.X}}', {raw: r, label: l}]
providers:
  - echo
  - {id: openai:x, config: {tools: [{function: {parameters: {$ref: '#/x'}}}]}}
base: &base {threshold: 0.5, metadata: {tags: [a]}}
tests:
  - {<<: *base, vars: {name: 2024-01-31}}
  - assert: [{$ref: '#/base'}, {type: assert-set, assert: [{type: equals, value: *d}]}]
assay: {repeat: 2, gate: {alpha: 0.05}, quarantine: [{case: a, until: 2027-01-31}]}
`

const PIECES = [
  '- ',
  ': ',
  '{',
  '}',
  '[',
  ']',
  '*d',
  '&d ',
  '"',
  "'",
  '\n',
  '\n  ',
  '\t',
  '!!set ',
  '<<',
  '|',
  '#',
  'null',
  '-1',
]

it('reads any mangled suite, or refuses it as the mistake of its author', async () => {
  const root = project({})
  const edit = fc.record({
    at: fc.nat(SUITE.length),
    drop: fc.nat(12),
    insert: fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 4, unit: 'binary' })),
  })
  let refused = 0
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 3 }), async (edits) => {
      let text = SUITE
      for (const { at, drop, insert } of edits) text = text.slice(0, at) + insert + text.slice(at + drop)
      const file = join(root, 'suite.yaml')
      writeFileSync(file, text)
      try {
        await readConfig(file, { env: { X: 'x' }, allowOutside: false })
      } catch (error) {
        if (!(error instanceof HarnessError)) throw error
        refused += 1
      }
    }),
    { seed: 1, numRuns: 500 },
  )
  // Else the edits miss what they are for.
  expect(refused).toBeGreaterThan(100)
})
