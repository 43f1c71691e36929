import { describe } from 'vitest'
import { refuses } from './mistake-table.ts'

describe('a value of the wrong kind', () => {
  refuses(`
a number in quotes     | tests: [{threshold: ¦"0.5"}]                       | tests[0].threshold: expected a number, got the text "0.5"                | write 0.5 without quotes
a negative weight      | tests: [{assert: [{type: cost, threshold: 1, weight: ¦-1}]}] | tests[0].assert[0].weight: expected a number of at least 0, got the number -1
NaN                    | tests: [{threshold: ¦.nan}]                        | tests[0].threshold: expected a number, got the number NaN
vars: a list of maps   | tests: [{vars: [¦{a: 1}]}]                         | …vars[0]: expected the name of a file with vars
vars: a list of names  | tests: [{vars: [¦name]}]                           | …vars[0]: expected a map of vars, or the name of a file with vars, got "name" | vars: {name: value}
vars: a number         | tests: [{vars: ¦5}]                                | …vars: expected a map of vars, or the name of a file with vars, got the number 5
assert: a map          | tests: [{assert: ¦{type: equals}}]                 | tests[0].assert: expected a list, got a map
assert: nothing        | tests: [{vars: {}, ¦assert: }]                     | tests[0].assert: expected a list, got nothing                            | remove the key
an assertion in text   | tests: [{assert: [¦contains]}]                     | …assert[0]: expected an assertion such as
tests: a map           | tests: ¦{vars: {}}                                 | tests: expected a list of tests, a file, or a generator \`{path: file://…}\`, got a map
a test: a number       | tests: [¦5]                                        | …tests[0]: expected a test, a file with tests
a test of nothing      | tests: [¦{description: x}]                         | …tests[0]: a test needs at least one of assert, vars
repeat: 0              | tests: [{options: {repeat: ¦0}}]                   | tests[0].options.repeat: expected a whole number of at least 1, got the number 0
a boolean in quotes    | tests: [{options: {disableVarExpansion: ¦"true"}}] | …expected true or false, got the text "true"                             | without quotes
a number for text      | tests: [{vars: {}, description: ¦5}]               | tests[0].description: expected text, got the number 5                    | put it in quotes: "5"
providers: text        | tests: [{vars: {}, providers: ¦x}]                 | tests[0].providers: expected a list, got the text "x"
scoring: no file       | tests: [{vars: {}, assertScoringFunction: ¦x}]     | …expected a \`file://\` reference to a function, got the text "x"
defaultTest: no file   | defaultTest: ¦x.yaml                               | …defaultTest: expected a test, or a \`file://\` reference to one
an extension: no hook  | extensions: [¦'file://h.ts']                       | …expected an extension such as file://hooks.ts:beforeAll
a metric of nothing    | derivedMetrics: [{name: x, value: ¦5}]             | …derivedMetrics[0].value: expected code or a \`file://\` reference
env: a list            | env: {A: ¦[1]}                                     | env.A: expected text, a number or a boolean, got a list
`)
})

describe('a provider or a prompt that is none', () => {
  refuses(`
a provider: no id      | prompts: [a] ⏎ providers: [¦{label: x, config: {}}] | providers[0]: missing \`id\`
a provider: a number   | prompts: [a] ⏎ providers: [¦5]                      | providers[0]: expected a provider id, or a map with an \`id\`, got the number 5
providers: a map       | prompts: [a] ⏎ providers: ¦{id: echo}               | …providers: expected a list of providers (put \`- \` before
providers: none        | prompts: [a] ⏎ providers: ¦[]                       | providers: expected a list of at least one, got an empty list
a delay in quotes      | prompts: [a] ⏎ providers: [{openai:x: {delay: ¦"5"}}] | providers[0].openai:x.delay: expected a number, got the text "5" | write 5 without
a prompt: a number     | prompts: [¦5] ⏎ providers: [echo]                   | …prompts[0]: expected a prompt: text
a prompt: empty        | prompts: [¦""] ⏎ providers: [echo]                  | prompts[0]: a prompt cannot be empty
a prompt: no text      | prompts: [¦{label: x}] ⏎ providers: [echo]          | …prompts[0]: a prompt needs \`raw\`
`)
})

describe('a setting of assay that means nothing', () => {
  refuses(`
alpha: 2               | assay: {gate: {alpha: ¦2}}                | assay.gate.alpha: expected a number below 1, got the number 2
margin: 5              | assay: {gate: {margin: ¦5}}               | assay.gate.margin: expected a number above 0 and below 1, got the number 5 | 0.05 for 5 points
margin: 1              | assay: {gate: {margin: ¦1}}               | assay.gate.margin: expected a number above 0 and below 1, got the number 1 | every drop
margin: 0              | assay: {gate: {margin: ¦0}}               | assay.gate.margin: expected a number above 0 and below 1, got the number 0 | never be proven
margin: a text         | assay: {gate: {margin: ¦"0.05"}}          | assay.gate.margin: expected a number, got the text "0.05" | write 0.05 without quotes
alpha: 0               | assay: {gate: {alpha: ¦0}}                | assay.gate.alpha: expected a number above 0, got the number 0
ship: nothing          | assay: {gate: {ship: ¦[]}}                | assay.gate.ship: expected a list of at least one, got an empty list
against nothing        | assay: {gate: {against: ¦{}}}             | assay.gate.against: expected a \`prompt\`, a \`provider\`, or both
half a confirmation    | assay: {gate: {confirm: ¦2.5}}            | assay.gate.confirm: expected a whole number of at least 0, got the number 2.5
a cluster of nothing   | assay: {cluster: ¦document_id}            | …expected \`vars.NAME\` or \`metadata.NAME\`, got "document_id" | vars.document_id
a cluster by tests     | assay: {cluster: ¦vars.}                  | …expected \`vars.NAME\` or \`metadata.NAME\`, got "vars."
mustPass: a name       | assay: {gate: {mustPass: ¦critical}}      | assay.gate.mustPass: expected a map, got the text "critical"
maxErrorRate: 5        | assay: {maxErrorRate: ¦5}                 | assay.maxErrorRate: expected a number of at most 1, got the number 5
half a repeat          | assay: {repeat: ¦1.5}                     | assay.repeat: expected a whole number of at least 1, got the number 1.5
feedback: no attempts  | assay: {feedback: ¦{template: x}}         | assay.feedback: missing \`maxAttempts\`
redact: no pattern     | assay: {redact: [¦'(']}                   | …assay.redact[0]: not a regular expression
redact: everywhere     | assay: {redact: [¦'x*']}                  | …assay.redact[0]: matches the empty text
until: never           | assay: {quarantine: [{case: a, reason: b, until: ¦never}]} | …expected a date such as 2027-01-31, got "never"
no such day            | assay: {quarantine: [{case: a, reason: b, until: ¦"2027-02-30"}]} | …expected a date such as 2027-01-31, got "2027-02-30"
quarantine: no end     | assay: {quarantine: [¦{case: a, reason: b}]} | assay.quarantine[0]: missing \`until\` | nobody looks at again
quarantine: no reason  | assay: {quarantine: [¦{case: a, until: 2027-01-31}]} | assay.quarantine[0]: missing \`reason\` | say why
quarantine: no word    | assay: {quarantine: [{case: a, until: 2027-01-31, reason: ¦" "}]} | …expected a reason, got none
quarantine: no case    | assay: {quarantine: [¦{until: 2027-01-31, reason: b}]} | assay.quarantine[0]: missing \`case\`
quarantine: twice      | assay: {quarantine: [{case: a, until: 2027-01-31, reason: b}, {case: ¦a, until: 2027-01-31, reason: c}]} | …case "a" is listed twice
quarantine: a slip     | assay: {quarantine: [{case: a, ¦untill: 2027-01-31, reason: b}]} | assay.quarantine[0]: unknown key \`untill\` | \`until\`
a budget of nothing    | assay: {budget: {usd: ¦0}}                | assay.budget.usd: expected a number above 0, got the number 0
`)
})

describe('an assertion that could only break later', () => {
  refuses(`
an unknown type        | tests: [{assert: [{type: ¦containz, value: x}]}]         | tests[0].assert[0].type: unknown assertion type \`containz\` | \`contains\`
a type without traces  | tests: [{assert: [{type: ¦trace-span-count, value: x}]}] | …\`trace-span-count\` is not supported
a missing type         | tests: [{assert: [¦{value: x}]}]                         | tests[0].assert[0]: missing \`type\`
a misspelt type key    | tests: [{assert: [{¦typ: contains, value: x}]}]          | tests[0].assert[0]: unknown key \`typ\`                     | \`type\`
a missing value        | tests: [{assert: [¦{type: not-contains}]}]               | tests[0].assert[0]: assertion \`not-contains\` needs a \`value\`
a missing threshold    | tests: [{assert: [¦{type: latency}]}]                    | …\`latency\` needs a \`threshold\`                          | milliseconds
no regular expression  | tests: [{assert: [{type: regex, value: ¦'('}]}]          | …assert[0].value: not a regular expression
a set in a set         | tests: [{assert: [{type: assert-set, assert: [{type: ¦assert-set, assert: []}]}]}] | …an assert-set cannot hold another assert-set
a set of nothing       | tests: [{assert: [¦{type: assert-set}]}]                 | tests[0].assert[0]: missing \`assert\`
a member of a set      | tests: [{assert: [{type: assert-set, assert: [{type: ¦equal, value: 1}]}]}] | …assert[0].assert[0].type: unknown assertion type \`equal\` | \`equals\`
`)
})

describe('a suite that is none', () => {
  refuses(`
no providers           | ¦prompts: [a]                                | a suite needs \`providers\`                                        | providers: [echo]
providers and targets  | ¦targets: [echo]                             | …a suite has one of them
red teaming            | ¦redteam: {}                                 | red teaming is not supported                            | run it with promptfoo
`)
})
