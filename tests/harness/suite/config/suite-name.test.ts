import { expect, it } from 'vitest'
import { suiteName } from '../../../../harness/suite/config/suite-name.ts'

it.each([
  ['/p/suites/sentiment/suite.yaml', 'sentiment'],
  ['/p/suites/sentiment/suite.nightly.yaml', 'sentiment.nightly'],
  ['/p/suites/sentiment/suite.json', 'sentiment'],
  ['/p/suites/sentiment/suite.yml', 'sentiment'],
  ['/p/promptfooconfig.yaml', 'promptfooconfig'],
  ['/p/my.evals.yaml', 'my.evals'],
  ['/p/suites.yaml', 'suites'],
])('names %s %s', (file, name) => {
  expect(suiteName(file)).toBe(name)
})
