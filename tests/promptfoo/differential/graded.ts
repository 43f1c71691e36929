import type { Batch, Sample, TestYaml } from './batch.ts'
import { testsBatch } from './batch.ts'
import { GRADER } from './comparing.ts'

type Fields = Readonly<Record<string, unknown>>

const CHECKS: readonly Fields[] = [
  { type: 'llm-rubric', value: 'GRADE 1 true' },
  { type: 'llm-rubric', value: 'GRADE 0.4 true', threshold: 0.5 },
  { type: 'llm-rubric', value: 'GRADE 0.4 false' },
  { type: 'llm-rubric', value: 'GRADE 0.6 none', metric: '{{kind}}', weight: 2 },
  { type: 'llm-rubric', value: 'as it is: {{q}}' },
  { type: 'llm-rubric', value: 'as it is', rubricPrompt: 'Own prompt {{output}} {{rubric}} GRADE 0.9 true' },
  { type: 'not-llm-rubric', value: 'GRADE 1 true' },
  { type: 'not-llm-rubric', value: 'GRADE 0 false' },
  { type: 'model-graded-closedqa', value: 'LETTER Y' },
  { type: 'model-graded-closedqa', value: 'LETTER N' },
  { type: 'not-model-graded-closedqa', value: 'LETTER N' },
  { type: 'factuality', value: 'CATEGORY A' },
  { type: 'factuality', value: 'CATEGORY D' },
  { type: 'model-graded-factuality', value: 'LETTER (C)' },
  { type: 'g-eval', value: 'GEVAL 8' },
  { type: 'g-eval', value: ['GEVAL 3'], threshold: 0.2 },
  { type: 'similar', value: 'a cat', threshold: 0.9 },
  { type: 'similar', value: ['nothing', 'the cat sat'], threshold: 0.5 },
  { type: 'not-similar', value: 'nothing like', threshold: 0.99 },
  { type: 'similar:dot', value: 'a cat', threshold: 20 },
  { type: 'similar:euclidean', value: 'a cat', threshold: 3 },
  { type: 'classifier', value: 'good', threshold: 0.5 },
  { type: 'classifier', value: 'bad', threshold: 0.5 },
  { type: 'context-recall', value: 'the cat sat' },
  { type: 'context-relevance', threshold: 0.5 },
  { type: 'context-faithfulness', threshold: 0.5 },
  { type: 'context-recall', value: 'a fact', contextTransform: 'output + " as context"', threshold: 0 },
  { type: 'answer-relevance', threshold: 0.1 },
  { type: 'conversation-relevance', threshold: 0.5 },
  { type: 'llm-rubric', value: 'GRADE 1 true', transform: '"{}"' },
]
const REPLIES = ['the good cat sat', 'nothing']

const samples: readonly Sample<TestYaml>[] = CHECKS.flatMap((check, at) =>
  REPLIES.slice(0, at % 2 === 0 ? 2 : 1).map((reply) => ({
    covers: [
      String(check['type']),
      'stub grader',
      ...('contextTransform' in check ? ['contextTransform'] : []),
    ],
    value: {
      vars: { q: 'why', query: 'why the cat', context: 'The cat sat.\\nIt was good.', kind: 'k' },
      metadata: { reply },
      assert: [check, { type: 'contains', value: 'cat', metric: 'plain' }],
    },
  })),
)

export const gradedBatches: readonly Batch[] = [
  testsBatch(
    'graded by a model',
    samples,
    {
      defaultTest: {
        options: {
          provider: {
            text: 'file://grader.mjs',
            embedding: 'file://grader.mjs',
            classification: 'file://grader.mjs',
          },
        },
      },
    },
    { 'grader.mjs': GRADER },
  ),
]
