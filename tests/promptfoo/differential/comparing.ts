import fc from 'fast-check'
import { defined } from './assertion-samples.ts'
import type { Batch, Sample, TestYaml } from './batch.ts'
import { sample, testsBatch } from './batch.ts'

/** Chooses by what it is asked: the criterion names the output it wants, or breaks it. */
export const GRADER = `
export default class Grader {
  id() { return 'grader' }
  async callApi(prompt) {
    if (prompt.includes('BREAK')) return { error: 'the grader is away' }
    if (prompt.includes('NONSENSE')) return { output: 'no idea' }
    const wanted = /PICK (\\d)/.exec(prompt)
    if (wanted) return { output: wanted[1], tokenUsage: { total: 3, prompt: 2, completion: 1 } }
    const grade = /GRADE ([\\d.]+) (true|false|none)/.exec(prompt)
    if (grade) return { output: JSON.stringify({ score: Number(grade[1]), ...(grade[2] !== 'none' && { pass: grade[2] === 'true' }), reason: 'graded' }) }
    const letter = /LETTER (\\(?[A-E]\\)?|[YN])/.exec(prompt)
    if (letter) return { output: letter[1] }
    const category = /CATEGORY ([A-E])/.exec(prompt)
    if (category) return { output: JSON.stringify({ category: category[1], reason: 'sorted' }) }
    const eval_ = /GEVAL (\\d+)/.exec(prompt)
    if (eval_) return { output: JSON.stringify({ steps: ['GEVAL ' + eval_[1]], score: Number(eval_[1]), reason: 'weighed' }) }
    if (/relevan/i.test(prompt) && prompt.includes('The cat sat.')) return { output: 'The cat sat.' }
    if (prompt.includes('"verdict"')) return { output: '{"verdict": "yes"}' }
    if (/Attributed|attribut/.test(prompt)) return { output: 'The first. [Attributed]\\nThe second. [Not Attributed]\\nThe third. [Attributed]' }
    if (/verdict/i.test(prompt)) return { output: 'Final verdict for each statement in order: Yes. No. Yes.' }
    if (/question/i.test(prompt)) return { output: 'why the cat?' }
    if (/statements/i.test(prompt)) return { output: 'The cat sat.\\nIt was good.' }
    return { output: JSON.stringify({ pass: prompt.length % 2 === 0, score: (prompt.length % 11) / 10, reason: String(prompt.length) }) }
  }
  async callEmbeddingApi(text) {
    return { embedding: [1, text.length % 7, text.includes('cat') ? 5 : 0], tokenUsage: { total: 1 } }
  }
  async callClassificationApi(text) {
    return { classification: { good: text.includes('good') ? 0.9 : 0.2, bad: 0.1 } }
  }
}
`

const scored = fc.array(
  fc.record({
    type: fc.constant('javascript'),
    value: fc.constantFrom('output.length / 30', 'output.includes("m")', '0.5', 'false'),
    weight: fc.constantFrom(1, 2),
  }),
  { minLength: 1, maxLength: 3 },
)

const best = fc
  .record({
    value: fc.constantFrom('PICK 0', 'PICK 1', 'PICK 3', 'PICK 9', 'NONSENSE', '{{wish}}'),
    others: scored,
    reply: fc.constantFrom<unknown>(undefined, undefined, undefined, 'the same for all'),
    metric: fc.constantFrom(undefined, 'best'),
  })
  .map(({ value, others, reply, metric }): Sample<TestYaml> => ({
    covers: ['select-best'],
    value: {
      vars: { q: 'why', wish: 'PICK 2' },
      metadata: defined({ reply }),
      assert: [...others, defined({ type: 'select-best', value, metric })],
    },
  }))

const most = fc
  .record({
    others: scored,
    value: fc.constantFrom<unknown>(
      undefined,
      { method: 'sum' },
      { method: 'average', weights: { javascript: 2 } },
      { threshold: 0.6 },
      { method: 'sum', threshold: 9 },
    ),
    reply: fc.constantFrom<unknown>(undefined, undefined, 'the same for all'),
    metric: fc.constantFrom(undefined, 'most'),
    prompts: fc.constantFrom(undefined, undefined, ['short']),
  })
  .map(({ others, value, reply, metric, prompts }): Sample<TestYaml> => ({
    covers: ['max-score'],
    value: {
      vars: { q: 'why' },
      metadata: defined({ reply }),
      ...defined({ prompts }),
      assert: [...others, defined({ type: 'max-score', value, metric })],
    },
  }))

const both = fc.tuple(best, most).map(([one, other]): Sample<TestYaml> => ({
  covers: ['select-best', 'max-score'],
  value: {
    ...one.value,
    assert: [...(one.value['assert'] as []), (other.value['assert'] as unknown[]).at(-1)],
  },
}))

const SUITE = {
  prompts: [
    { raw: 'Short {{q}}', label: 'short' },
    { raw: 'Much longer, {{q}}', label: 'long' },
  ],
  providers: [
    { id: 'file://model.mjs', label: 'm', config: { say: 'm: ' } },
    { id: 'file://model.mjs', label: 'n', config: { say: 'nn: ' } },
  ],
  defaultTest: { options: { provider: 'file://grader.mjs' } },
}

export const comparingBatches: readonly Batch[] = [
  testsBatch(
    'comparisons',
    [...sample(best, 16, 90), ...sample(most, 16, 91), ...sample(both, 6, 92)],
    SUITE,
    { 'grader.mjs': GRADER },
  ),
]
