import { z } from 'zod'
import { assaySchema } from './assay.ts'
import { checked, isMap, oneOf, strictMap } from './form.ts'
import { promptsSchema } from './prompt.ts'
import { providersSchema } from './provider.ts'
import { commandLineOptionsSchema, evaluateOptionsSchema } from './run-options.ts'
import { anyMap, code, scalarMap, text, textOrTexts } from './scalars.ts'
import { defaultTestSchema, scenarioSchema, testsSchema } from './test-case.ts'

const fileReference = checked(text, (value, report) => {
  if (typeof value === 'string' && !value.startsWith('file://')) {
    report(`expected a \`file://\` reference, got ${JSON.stringify(value)}`)
  }
})

const scenarios = oneOf((value) => {
  if (typeof value === 'string') return fileReference
  return Array.isArray(value) ? z.array(scenarioEntry) : 'a list of scenarios'
})
const scenarioEntry = oneOf((value) => (typeof value === 'string' ? fileReference : scenarioSchema))

const extension = checked(text, (value, report) => {
  if (typeof value !== 'string' || /^file:\/\/.+\.(?:[cm]?[jt]s|py):[\w$]+$/.test(value)) return
  report(`expected an extension such as file://hooks.ts:beforeAll, got ${JSON.stringify(value)}`)
})

/** Keys of promptfoo's red-team configurations. */
const redTeam = checked(z.unknown(), (value, report) => {
  if (value === undefined) return
  report('red teaming is not supported', [], {
    hint: 'run it with promptfoo, or remove the key',
    atKey: true,
  })
})

/** A suite file's top level, without the keys that only hold parts for `$ref`s and aliases. */
export const suiteSchema = checked(
  strictMap(
    {
      description: text.optional(),
      tags: scalarMap.optional(),
      prompts: promptsSchema.optional(),
      providers: providersSchema.optional(),
      targets: providersSchema.optional(),
      tests: testsSchema.optional(),
      scenarios: scenarios.optional(),
      defaultTest: defaultTestSchema.optional(),
      derivedMetrics: z.array(strictMap({ name: text, value: code })).optional(),
      nunjucksFilters: z.record(z.string(), text).optional(),
      env: scalarMap.optional(),
      evaluateOptions: evaluateOptionsSchema.optional(),
      commandLineOptions: commandLineOptionsSchema.optional(),
      outputPath: textOrTexts.optional(),
      extensions: z.array(extension).optional(),
      metadata: anyMap.optional(),
      sharing: z.union([z.boolean(), anyMap]).optional(),
      tracing: anyMap.optional(),
      writeLatestResults: z.boolean().optional(),
      assay: assaySchema.optional(),
      redteam: redTeam.optional(),
      plugins: redTeam.optional(),
      strategies: redTeam.optional(),
    },
    {
      repeat: 'assay: {repeat: …}',
      gate: 'assay: {gate: …}',
      assert: 'defaultTest: {assert: […]}',
      vars: 'defaultTest: {vars: …}',
    },
  ),
  (suite, report) => {
    if (!isMap(suite)) return
    const { providers, targets } = suite
    if (providers !== undefined && targets !== undefined) {
      report('`targets` is another name for `providers`: a suite has one of them', ['targets'], {
        atKey: true,
      })
    }
    if (providers === undefined && targets === undefined) {
      const hint = 'for example `providers: [echo]`'
      // A misspelt key is told by itself; two mistakes for one slip confuse.
      if (!Object.keys(suite).some((key) => /^(?:prov|targ)/i.test(key)))
        report('a suite needs `providers`', [], { hint })
    }
  },
)
