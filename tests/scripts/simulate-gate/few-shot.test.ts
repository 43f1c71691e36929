import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { withExamples, withShuffledLabels } from '../../../scripts/simulate-gate/few-shot.ts'

const PROMPT = readFileSync(
  join(import.meta.dirname, '../../../suites/sentiment/prompts/few-shot.txt'),
  'utf8',
)
const labelsIn = (prompt: string) => [...prompt.matchAll(/^Sentiment: (\w+)$/gm)].map(([, label]) => label)

describe('the few-shot prompt of the sentiment suite', () => {
  it('keeps its first examples and its question when it is cut to a few', () => {
    const cut = withExamples(PROMPT, 6)
    expect(labelsIn(cut)).toStrictEqual(labelsIn(PROMPT).slice(0, 6))
    expect(cut.endsWith(PROMPT.slice(PROMPT.indexOf('Now this one.')))).toBe(true)
  })

  it('has the same labels on other examples once they are shuffled, and the same text besides', () => {
    const shuffled = withShuffledLabels(PROMPT)
    expect(labelsIn(shuffled)).not.toStrictEqual(labelsIn(PROMPT))
    expect(Map.groupBy(labelsIn(shuffled), String)).toEqual(Map.groupBy(labelsIn(PROMPT), String))
    const bare = (text: string) => text.replaceAll(/^Sentiment: \w+$/gm, '')
    expect(bare(shuffled)).toBe(bare(PROMPT))
  })
})
