import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readConfig } from '../../../../harness/suite/config/read-config.ts'
import { MINIMAL, refuses } from './mistake-table.ts'
import { project } from './mistake.ts'

describe('a misspelt or misplaced key', () => {
  refuses(`
a top-level key       | ¦testss: []                                               | unknown key \`testss\`                       | did you mean \`tests\`?
a key like no other   | ¦zzz: 1                                                   | unknown key \`zzz\`                          | known keys: description,
provider              | prompts: [a] ⏎ ¦provider: [echo]                          | unknown key \`provider\`                     | \`providers\`
asserts in a test     | tests: [{vars: {a: 1}, ¦asserts: []}]                     | tests[0]: unknown key \`asserts\`            | \`assert\`
tags in a test        | tests: [{vars: {a: 1}, ¦tags: [x]}]                       | tests[0]: unknown key \`tags\`               | metadata: {tags
repeat in a test      | tests: [{vars: {a: 1}, ¦repeat: 2}]                       | tests[0]: unknown key \`repeat\`             | options: {repeat
an assertion's key    | tests: [{assert: [{type: equals, ¦valu: 1, value: 1}]}]   | tests[0].assert[0]: unknown key \`valu\`     | \`value\`
an assert-set's key   | tests: [{assert: [{type: assert-set, assert: [], ¦wt: 1}]}] | tests[0].assert[0]: unknown key \`wt\`     | known keys: type, assert
a provider's key      | prompts: [a] ⏎ providers: [{id: echo, ¦confg: {}}]        | providers[0]: unknown key \`confg\`          | \`config\`
a key under an id     | prompts: [a] ⏎ providers: [{openai:x: {¦confg: {}}}]      | providers[0].openai:x: unknown key \`confg\` | \`config\`
a provider's id       | prompts: [a] ⏎ providers: [{¦ID: echo, label: x}]         | providers[0]: unknown key \`ID\`             | \`id\`
a prompt's key        | prompts: [{raw: x, ¦lable: y}] ⏎ providers: [echo]        | prompts[0]: unknown key \`lable\`            | \`label\`
a generator's key     | tests: [{path: file://g.ts, ¦confg: {}}]                  | tests[0]: unknown key \`confg\`              | \`config\`
defaultTest's key     | defaultTest: {¦asert: []}                                 | defaultTest: unknown key \`asert\`           | \`assert\`
a scenario's key      | scenarios: [{config: [], ¦test: []}]                      | scenarios[0]: unknown key \`test\`           | \`tests\`
evaluateOptions' key  | evaluateOptions: {¦maxConcurency: 1}                      | evaluateOptions: unknown key \`maxConcurency\` | \`maxConcurrency\`
commandLineOptions'   | commandLineOptions: {¦repeats: 1}                         | commandLineOptions: unknown key \`repeats\`  | \`repeat\`
assay's key           | assay: {¦budgets: {}}                                     | assay: unknown key \`budgets\`               | \`budget\`
a gate's key          | assay: {gate: {¦margins: 1}}                              | assay.gate: unknown key \`margins\`          | \`margin\`
a limit's key         | assay: {limits: {'a:*': {¦rps: 1}}}                       | assay.limits.a:*: unknown key \`rps\`        | \`rpm\`
a slip for an option  | tests: [{options: {¦dissableVarExpansion: true}}]         | tests[0].options: unknown key \`dissableVarExpansion\` | \`disableVarExpansion\`
`)

  it('is not what a provider takes for an option of its own', async () => {
    const text = `${MINIMAL}tests: [{options: {temperature: 0, top_p: 1, response_format: {}, seed: 1}}]\n`
    const file = join(project({ 'suite.yaml': text }), 'suite.yaml')
    await expect(readConfig(file, { env: {}, allowOutside: false })).resolves.toBeDefined()
  })
})
