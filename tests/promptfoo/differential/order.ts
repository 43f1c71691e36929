import fc from 'fast-check'
import { defined } from './assertion-samples.ts'
import type { Batch, Sample, TestYaml } from './batch.ts'
import { sample, testsBatch } from './batch.ts'

/** Says how many turns it was shown, so that the order shows in the replies. */
const conversation = fc
  .record({
    q: fc.constantFrom<unknown>('why', 'how', ['first', 'second'], 'where'),
    conversationId: fc.constantFrom(undefined, 'a', 'b'),
    options: fc.constantFrom<Record<string, unknown> | undefined>(
      undefined,
      undefined,
      { disableConversationVar: true },
      { repeat: 2 },
    ),
    reply: fc.constantFrom<unknown>(undefined, undefined, 'fixed', { error: 'lost' }, { output: { a: 1 } }),
  })
  .map(({ q, conversationId, options, reply }): Sample<TestYaml> => ({
    covers: ['_conversation', 'repeats'],
    value: {
      vars: { q },
      metadata: defined({ conversationId, reply }),
      ...defined({ options }),
      assert: [
        { type: 'contains', value: 'why' },
        { type: 'javascript', value: 'String(output).length / 100', metric: 'length' },
      ],
    },
  }))

const CONVERSATION =
  '{% for turn in _conversation %}[{{ turn.input | length }}>{{ turn.output | string | truncate(12) }}]{% endfor %}Now {{q}}'
const CHAT = `[
  {% for turn in _conversation %}{"role": "user", "content": {{ turn.input | dump }}}, {"role": "assistant", "content": {{ turn.output | dump }}},{% endfor %}
  {"role": "user", "content": "{{q}}"}
]`

const stored = fc
  .record({
    q: fc.constantFrom('why', '{{kept}}', 'then {{ kept }} and {{other}}'),
    storeOutputAs: fc.constantFrom(undefined, 'kept', 'kept', 'other'),
    reply: fc.constantFrom<unknown>(undefined, undefined, 'short', { error: 'lost' }, { output: { k: 1 } }),
    transform: fc.constantFrom(undefined, undefined, 'output.toUpperCase()'),
  })
  .map(({ q, storeOutputAs, reply, transform }): Sample<TestYaml> => ({
    covers: ['storeOutputAs'],
    value: {
      vars: { q },
      metadata: defined({ reply }),
      options: defined({ storeOutputAs, transform }),
      assert: [
        { type: 'icontains', value: 'short' },
        { type: 'javascript', value: 'String(output).length / 100', metric: 'length' },
      ],
    },
  }))

/** Short of breath: a model that repeats all it was told would double a conversation with every turn. */
const TWO = [
  { id: 'file://model.mjs', label: 'm', config: { most: 60 } },
  { id: 'file://model.mjs', label: 'n', config: { say: 'n ', most: 40 } },
]

export const orderBatches: readonly Batch[] = [
  testsBatch('conversations', sample(conversation, 30, 80), {
    prompts: [
      { raw: CONVERSATION, label: 'text' },
      { raw: CHAT, label: 'chat' },
    ],
    providers: TWO,
    evaluateOptions: { repeat: 2 },
  }),
  testsBatch('stored outputs', sample(stored, 24, 81), {
    prompts: ['Say {{q}} {{kept}}', 'Other {{ other }}'],
    providers: TWO,
  }),
]
