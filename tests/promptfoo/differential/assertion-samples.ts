import fc from 'fast-check'

type Fields = Record<string, unknown>

/** One check and a reply it is made for: both sides of its verdict are reached by taking many. */
export interface Check {
  readonly assertion: Fields
  readonly reply: Fields
}

const TEXTS = [
  'positive',
  'The label is Positive.',
  '{"label": "positive", "score": 0.9}',
  'Here it is: {"label": 3} and [1, 2]',
  '<p>Hello <b>world</b></p>',
  '<a><b>1</b></a>',
  'SELECT a FROM t WHERE a = 1',
  'I’m sorry, but I can’t help with that.',
  'As an AI language model, I cannot do that.',
  'the cat sat on the mat',
  'the cat is on the mat today',
  'naïve 日本 🎉',
  'two\nlines\n',
  ' ',
]
const VALUES = [
  ...TEXTS.slice(0, 12),
  '{{name}}',
  '{{ name | upper }}',
  'the {{missing}}cat',
  '{% if name %}positive{% endif %}',
  'cat',
]

const text = fc.constantFrom(...TEXTS)
const value = fc.constantFrom(...VALUES)
const list = fc.uniqueArray(value, { minLength: 1, maxLength: 3 })
const fraction = fc.constantFrom(0, 0.2, 0.5, 0.75, 1)
const json = fc.constantFrom<unknown>(
  { type: 'object', required: ['label'] },
  { type: 'object', properties: { label: { type: 'string' } } },
  '{"type": "object", "required": ["score"]}',
  'type: object\nrequired: [{{name}}]',
  undefined,
)
const sql = fc.constantFrom(
  'SELECT a FROM t WHERE a = 1',
  'SELEC a FROM',
  'Run this:\n```sql\nSELECT * FROM users;\n```',
  'DROP TABLE t',
)

const CALL = { type: 'function', function: { name: 'weather', arguments: '{"city": "Oslo"}' } }
const WEATHER = {
  type: 'function',
  function: {
    name: 'weather',
    parameters: {
      type: 'object',
      properties: { city: { type: 'string' } },
      required: ['city'],
      additionalProperties: false,
    },
  },
}
const toolReply = fc.constantFrom<Fields>(
  { output: [CALL] },
  { output: [{ ...CALL, function: { name: 'weather', arguments: '{"town": 1}' } }] },
  { output: [{ ...CALL, function: { name: 'other', arguments: '{}' } }, CALL] },
  { output: 'no call' },
)
const functionReply = fc.constantFrom<Fields>(
  { output: { name: 'weather', arguments: '{"city": "Oslo"}' } },
  { output: { name: 'weather', arguments: '{"town": "Oslo"}' } },
  { output: { name: 'weather', arguments: 'no json' } },
  { output: { name: 'other', arguments: '{}' } },
)

/** Fields of an assertion by type; a function of an arbitrary reply where the type needs a special one. */
const FIELDS: Record<string, fc.Arbitrary<Fields>> = {
  equals: fc.record({
    value: fc.oneof(value, fc.constantFrom<unknown>({ label: 'positive', score: 0.9 }, 3)),
  }),
  contains: fc.record({ value }),
  icontains: fc.record({ value }),
  'contains-any': fc.record({ value: fc.oneof(list, fc.constant('cat, "mat, x"')) }),
  'contains-all': fc.record({ value: list }),
  'icontains-any': fc.record({ value: list }),
  'icontains-all': fc.record({ value: fc.oneof(list, fc.constant('CAT, MAT')) }),
  'starts-with': fc.record({ value: fc.oneof(value, fc.constantFrom('the', 'The', '{"')) }),
  regex: fc.record({
    value: fc.constantFrom('^the', 'c.t', '(cat|mat)+$', '{{name}}', '\\{.*\\}', '(a+)?b*', 'pos\\w+$'),
  }),
  levenshtein: fc.record({ value, threshold: fc.constantFrom(2, 10, 30) }),
  'rouge-n': fc.record({ value, threshold: fraction }),
  bleu: fc.record({ value: fc.oneof(value, list), threshold: fraction }),
  gleu: fc.record({ value: fc.oneof(value, list), threshold: fraction }),
  meteor: fc.record({ value, threshold: fraction }),
  'is-json': fc.record({ value: json }),
  'contains-json': fc.record({ value: json }),
  'is-html': fc.constant({}),
  'contains-html': fc.constant({}),
  'is-xml': fc.record({ value: fc.constantFrom(undefined, { requiredElements: ['a.b'] }, 'a, p') }),
  'contains-xml': fc.record({ value: fc.constantFrom(undefined, { requiredElements: ['a.b'] }) }),
  'is-sql': fc.record({
    value: fc.constantFrom(undefined, { databaseType: 'MySQL' }, { allowedTables: ['select::null::t'] }),
  }),
  'contains-sql': fc.constant({}),
  'word-count': fc.record({
    value: fc.constantFrom<unknown>(3, '6', { min: 2, max: 5 }, { max: 4 }, { min: 5 }),
  }),
  latency: fc.record({ threshold: fc.constantFrom(100, 5000) }),
  cost: fc.record({ threshold: fc.constantFrom(0.001, 1) }),
  perplexity: fc.record({ threshold: fc.constantFrom(1.5, 5) }),
  'perplexity-score': fc.record({ threshold: fraction }),
  'finish-reason': fc.record({ value: fc.constantFrom('stop', 'length', '{{name}}') }),
  guardrails: fc.record({ config: fc.constantFrom(undefined, { purpose: 'redteam' }) }),
  'is-refusal': fc.constant({}),
  'is-valid-function-call': fc.constant({}),
  'is-valid-openai-function-call': fc.constant({}),
  'is-valid-openai-tools-call': fc.constant({}),
  'tool-call-f1': fc.record({
    value: fc.constantFrom<unknown>(['weather'], ['weather', 'other'], 'weather, none'),
    threshold: fc.constantFrom(undefined, 0.5),
  }),
  'skill-used': fc.record({
    value: fc.constantFrom<unknown>(
      'search',
      ['search', 'write'],
      { name: 'sea*', min: 2 },
      { pattern: 'wr*', max: 1 },
    ),
  }),
  javascript: fc.record({
    value: fc.constantFrom(
      'output.length > 10',
      '(output.length ?? 4) / 20',
      'JSON.parse(output).score',
      'const n = output.length ?? 4\nreturn { pass: n > 5, score: n / 50, reason: `length ${n}`, namedScores: { length: n, a: 0.25 } }',
      'context.vars.name === "positive"',
      'file://check.mjs',
      'file://graded.mjs:graded',
    ),
    threshold: fc.constantFrom(undefined, 0.4),
    config: fc.constantFrom(undefined, { least: 2 }),
  }),
}

const REPLIES: Record<string, fc.Arbitrary<Fields>> = {
  // As the provider measured it: no clock decides.
  latency: fc.record({ output: text, latencyMs: fc.constantFrom(0, 99, 100, 4000.5, 6000) }),
  'is-sql': fc.record({ output: sql }),
  'contains-sql': fc.record({ output: sql }),
  cost: fc.record({ output: text, cost: fc.constantFrom(0.002, 0.0001, 2) }),
  perplexity: fc.record({ output: text, logProbs: fc.constantFrom([-0.1, -0.9], [-3, -2, -1]) }),
  'perplexity-score': fc.record({ output: text, logProbs: fc.constantFrom([-0.1, -0.9], [-3, -2, -1]) }),
  'finish-reason': fc.record({ output: text, finishReason: fc.constantFrom('stop', 'length', 'positive') }),
  guardrails: fc.record({
    output: text,
    guardrails: fc.constantFrom(
      undefined,
      { flagged: true },
      { flagged: false },
      { flaggedInput: true, flagged: true, reason: 'no' },
    ),
  }),
  'is-valid-function-call': functionReply,
  'is-valid-openai-function-call': functionReply,
  'is-valid-openai-tools-call': toolReply,
  'tool-call-f1': toolReply,
  'skill-used': fc.record({
    output: text,
    metadata: fc.constantFrom<Fields>(
      { skillCalls: [{ name: 'search' }] },
      { skillCalls: [{ name: 'search' }, { name: 'search' }, { name: 'write' }] },
      {},
    ),
  }),
}

/** What a provider must offer for the checks of function calls. */
export const TOOL_CONFIG = { tools: [WEATHER], functions: [WEATHER.function] }

export const DETERMINISTIC = Object.keys(FIELDS)

/** Files of checks that custom ones name: a default export, and one by its name. */
export const CHECK_FILES = {
  'check.mjs': `export default (output, { vars, config }) => String(output).includes(vars.name) || (config?.least ?? 0) > 1\n`,
  'graded.mjs': `export const graded = (output) => ({ pass: String(output).length > 5, score: 0.3, reason: 'given', namedScores: { own: 2 } })\n`,
}

export function assertionOf(type: string): fc.Arbitrary<Check> {
  const reply = REPLIES[type] ?? fc.record({ output: text })
  return fc
    .record({ fields: FIELDS[type] ?? fc.constant<Fields>({}), reply, not: fc.boolean() })
    .map(({ fields, reply, not }) => ({
      assertion: defined({ type: not ? `not-${type}` : type, ...fields }),
      reply: defined(reply),
    }))
}

/** Without what is undefined, as YAML would have it. */
export function defined<T extends Fields>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T
}

/** A check that is not tied to a special reply, and does not break: `meteor` does on this Node, in promptfoo itself. */
export const anyCheck: fc.Arbitrary<Fields> = fc
  .constantFrom(...DETERMINISTIC.filter((type) => REPLIES[type] === undefined && type !== 'meteor'))
  .chain(assertionOf)
  .map(({ assertion }) => assertion)

export const anyText = text
