import { describe, expect, it } from 'vitest'
import tools from '../../../assertions/tools.ts'
import { broken, call, ways } from './transcripts.ts'

type Config = Record<string, unknown>

function check(steps: unknown, config: Config, final = ''): ReturnType<typeof tools> {
  const trajectory = Array.isArray(steps) ? (steps as unknown[]) : steps
  return tools(final, { config, providerResponse: { metadata: { trajectory } } })
}

const abc = ['a', 'b', 'c']

describe('expected calls, by tool', () => {
  // score: exact 2·matched/(expected + made); in-order and any matched/expected; subset matched/made.
  it.each([
    ['exact', 'a b c', abc, true, 1],
    ['exact', 'a b', abc, false, 4 / 5],
    ['exact', 'a b c d', abc, false, 6 / 7],
    ['exact', 'c b a', abc, false, 2 / 6],
    ['exact', '', abc, false, 0],
    ['exact', '', [], true, 1],
    ['exact', 'a', [], false, 0],
    ['in-order', 'x a y b z c', abc, true, 1],
    ['in-order', 'a c b', abc, false, 2 / 3],
    ['in-order', 'c b a', abc, false, 1 / 3],
    ['in-order', 'a a b', ['a', 'b', 'a'], false, 2 / 3],
    ['in-order', 'x', [], true, 1],
    ['any', 'c x a b', abc, true, 1],
    ['any', 'c a', abc, false, 2 / 3],
    ['any', 'a', ['a', 'a'], false, 1 / 2],
    ['any', 'a x a', ['a', 'a'], true, 1],
    ['subset', 'b', abc, true, 1],
    ['subset', 'c a', abc, true, 1],
    ['subset', '', abc, true, 1],
    ['subset', 'a x', abc, false, 1 / 2],
    ['subset', 'a a', abc, false, 1 / 2],
  ])('%s: "%s" against %j', (order, made, expected, pass, score) => {
    const verdict = check(ways(made), { expected, order })
    expect(verdict.pass).toBe(pass)
    expect(verdict.score).toBeCloseTo(score, 12)
  })

  it.each([
    ['in-order', 'a c', 'expected call 2 (b) was not made'],
    ['in-order', 'b a c', 'expected call 1 (a) was not made in its place: it is step 2'],
    ['exact', 'a b c d', 'step 4 (d) is one call too many'],
    ['subset', 'a d', 'step 2 (d) is not among the calls allowed'],
    ['any', '', 'no tool was called; expected call 1 (a) was not made'],
  ])('%s: "%s" is told by step', (order, made, reason) => {
    expect(check(ways(made), { expected: abc, order }).reason).toContain(reason)
  })
})

describe('arguments', () => {
  const order = { order_id: 'A-1', address: { city: 'Oslo', zip: '0150' }, items: [1, 2] }
  it.each([
    ['a part of them', { args: { order_id: 'A-1' } }, true],
    ['a part within a part', { args: { address: { city: 'Oslo' } } }, true],
    ['another value', { args: { order_id: 'A-2' } }, false],
    ['a key that is not there', { args: { note: 'x' } }, false],
    ['a list, item by item', { args: { items: [1, 2] } }, true],
    ['a shorter list', { args: { items: [1] } }, false],
    ['a number for its text', { args: { items: ['1', 2] } }, false],
    [
      'all of them, in another order of keys',
      { args: { items: [1, 2], address: { zip: '0150', city: 'Oslo' }, order_id: 'A-1' }, match: 'exact' },
      true,
    ],
    ['a part where all are asked for', { args: { order_id: 'A-1' }, match: 'exact' }, false],
    [
      'a schema that holds',
      { schema: { required: ['order_id'], properties: { order_id: { pattern: '^A-' } } } },
      true,
    ],
    ['a schema that does not', { schema: { properties: { items: { maxItems: 1 } } } }, false],
    [
      'a schema and a value, one of which is wrong',
      { schema: { type: 'object' }, args: { order_id: 'B' } },
      false,
    ],
    ['nothing', {}, true],
  ])('match %s', (_name, rule, pass) => {
    const verdict = check([call('find', order)], { expected: [{ tool: 'find', ...rule }] })
    expect(verdict).toMatchObject({
      pass,
      score: pass ? 1 : 0,
      namedScores: { calls: 1, args: pass ? 1 : 0 },
    })
  })

  it('are told apart from the tool in the named scores, whose product is the score', () => {
    const expected = [{ tool: 'a', args: { n: 1 } }, { tool: 'b', args: { n: 2 } }, 'c', 'd']
    const verdict = check([call('a', { n: 1 }), call('b', { n: 3 }), call('c')], { expected })
    expect(verdict.namedScores).toEqual({ calls: 3 / 4, args: 2 / 3 })
    expect(verdict.score).toBe(1 / 2)
  })

  it('decide which of two calls of a tool is the expected one, whatever the order', () => {
    const expected = [{ tool: 'a', args: { n: 2 } }, 'a', { tool: 'a', args: { n: 1 } }]
    const made = [call('a', { n: 1 }), call('a', { n: 3 }), call('a', { n: 2 })]
    expect(check(made, { expected, order: 'any' }).score).toBe(1)
    expect(check(made, { expected, order: 'in-order' }).score).toBe(1 / 3)
  })

  it('are named in the reason, without the value that was expected', () => {
    const { reason } = check([call('refund', { amount: 5, to: 'x' })], {
      expected: [{ tool: 'refund', args: { amount: 19, reason: 'late' }, match: 'exact' }],
    })
    expect(reason).toBe(
      'step 1 (refund) is not expected call 1 (refund): its arguments are not the ones expected: `amount` is wrong, `reason` is missing, `to` should not be there',
    )
    expect(reason).not.toContain('19')
  })

  it('name every error of the schema with its path', () => {
    const schema = { properties: { n: { type: 'integer' } }, required: ['m'] }
    const { reason } = check([call('a', { n: 'x' })], { expected: [{ tool: 'a', schema }] })
    expect(reason).toContain("they must have required property 'm'; `/n` must be integer")
  })

  it('take their values from the case', () => {
    const config = { expected: [{ tool: 'find', args: { id: '{{order.id}}' } }] }
    const context = {
      config,
      vars: { order: { id: 7 } },
      providerResponse: { metadata: { trajectory: [call('find', { id: 7 })] } },
    }
    expect(tools('', context).pass).toBe(true)
    expect(() => tools('', { ...context, vars: {} })).toThrow('the case has no variable `order.id`')
  })

  it.each([
    ['broken JSON', '{"id": '],
    ['the same key twice', '{"id": 1, "id": 2}'],
  ])('that are %s are no call that was asked for', (_name, args) => {
    const verdict = check([call('find', args)], { expected: ['find'] })
    expect(verdict).toMatchObject({ pass: false, score: 0, namedScores: { calls: 1, args: 0 } })
    expect(verdict.reason).toContain(
      'step 1 (find) is not expected call 1 (find): its arguments cannot be read',
    )
  })
})

describe('the other rules', () => {
  it.each([
    ['a forbidden tool', 'a b drop', { expected: ['a', 'b'], forbidden: ['drop'] }, false, 0],
    ['no forbidden tool', 'a b', { expected: ['a', 'b'], forbidden: ['drop'] }, true, 1],
    ['as many steps as are allowed', 'a b', { expected: ['a'], maxSteps: 2 }, true, 1],
    ['one step more', 'a b c', { expected: ['a'], maxSteps: 2 }, false, 1 / 2],
    ['no step where none is allowed', '', { maxSteps: 0 }, true, 1],
    ['one more and half of the calls', 'a x y', { expected: ['a', 'b'], maxSteps: 2 }, false, 1 / 4],
  ])('%s', (_name, made, config, pass, score) => {
    expect(check(ways(made), config)).toMatchObject({ pass, score })
  })

  it('forbid a tool whatever its arguments, unreadable ones among them', () => {
    const verdict = check([call('drop', "{'table': ")], { forbidden: ['drop'] })
    expect(verdict).toMatchObject({ pass: false, score: 0, reason: 'step 1 (drop) is forbidden' })
  })

  it('forbid a tool with these arguments only', () => {
    const forbidden = [
      { tool: 'pay', schema: { properties: { usd: { exclusiveMinimum: 100 } }, required: ['usd'] } },
    ]
    expect(check([call('pay', { usd: 100 })], { forbidden })).toMatchObject({ pass: true, score: 1 })
    expect(check([call('pay', { usd: 101 })], { forbidden })).toMatchObject({
      pass: false,
      score: 0,
      reason: 'step 1 (pay) is forbidden',
    })
  })

  it.each([
    ['Your refund of 20 EUR is on its way.', ['20 eur', 'refund'], true],
    ['Your refund\n of 20 EUR', 'refund of 20 EUR', true],
    ['I could not do it.', 'refund', false],
    ['', 'refund', false],
    ['It is 20.', 20, true],
    ['It is 19.', [20], false],
  ])('want the final answer to hold a text: %j', (final, contains, pass) => {
    const verdict = check(ways('a'), { expected: ['a'], final: { contains } }, final)
    expect(verdict).toMatchObject({ pass, score: pass ? 1 : 1 / 2 })
    expect(verdict.metadata?.evidence).toMatchObject({ solved: pass })
  })
})

describe('a task is solved', () => {
  it.each([
    [
      'where the final answer holds, whatever the calls',
      'x',
      { expected: ['a'], final: { contains: 'ok' } },
      true,
    ],
    [
      'where the expected calls were made, though in too many steps',
      'a b c',
      { expected: ['a'], maxSteps: 1 },
      true,
    ],
    ['not where one was not made', 'b', { expected: ['a'] }, false],
    ['never with a forbidden call', 'a b', { expected: ['a'], forbidden: ['b'] }, false],
    ['where every rule holds, if nothing says what the task is', 'a', { maxSteps: 1 }, true],
    ['not where one is broken then', 'a b', { maxSteps: 1 }, false],
  ])('%s', (_name, made, config, solved) => {
    expect(check(ways(made), config, 'ok').metadata?.evidence).toMatchObject({ solved })
  })
})

describe('loops', () => {
  const same = (letters: string): unknown[] => letters.split(' ').map((letter) => call(letter, {}, 'same'))
  it.each([
    ['a call made twice', same('a a'), false],
    ['a call made three times with the same result', same('a a a'), true],
    ['a call made three times, each time after something new', same('a b a c a d a'), false],
    ['a call made three times, with nothing new between', same('a b c b a c b c a a'), true],
    ['a call made three times, and something new at last', same('a a a b'), true],
    ['three calls with other arguments', [1, 2, 3].map((page) => call('list', { page }, 'same')), false],
    [
      'the same call with another result each time',
      ['x', 'y', 'z'].map((row) => call('next', {}, row)),
      false,
    ],
    ['a cycle of two, gone through twice', same('a b a b'), false],
    ['a cycle of two, gone through three times', same('a b a b a b'), true],
    ['a cycle of two, twice and a half', same('a b a b a'), false],
    ['a cycle of four, gone through three times', same('a b c d a b c d a b c d'), true],
    ['polling until there is a change', [...same('a a a a'), call('a', {}, 'done')], false],
    ['polling until there is an error', [...same('a a a a'), broken('a'), call('b', {}, 'ok')], true],
    ['polling for a change that does not come', same('a a a a'), true],
    [
      'polling with a pause between, until there is a change',
      [...same('wait a wait a wait a wait'), call('a', {}, 'done')],
      false,
    ],
    ['polling with a pause between, given up', [...same('wait a wait a wait a'), call('b', {}, 'x')], true],
    [
      'a test run after each edit, which goes on failing',
      [1, 2, 3, 4].flatMap((line) => [call('edit', { line }, 'ok'), call('test', {}, '1 failed')]),
      false,
    ],
    ['the next page, whose results are told', [1, 2, 3].map((page) => call('next', {}, [page])), false],
    ['steps without results, three alike', [call('a'), call('a'), call('a')], true],
    [
      'messages without results, three alike',
      [1, 2, 3].map(() => ({ role: 'assistant', tool_calls: [{ function: { name: 'a' } }] })),
      true,
    ],
    [
      'three calls alike in one message',
      [{ role: 'assistant', content: ['1', '2', '3'].map((id) => ({ type: 'tool_use', id, name: 'a' })) }],
      false,
    ],
    [
      'the same call out of the same state, its results apart',
      [1, 2, 3].map((at) => ({ tool: 'click', result: at, state: { page: 'cart' } })),
      true,
    ],
    [
      'the same call out of other states, with the same result',
      [1, 2, 3].map((page) => ({ tool: 'scroll', result: 'ok', state: { page } })),
      false,
    ],
    [
      'a cycle out of the same states, its results apart',
      [1, 2, 3].flatMap((at) => [
        { tool: 'open', result: at, state: 'list' },
        { tool: 'back', result: at, state: 'item' },
      ]),
      true,
    ],
  ])('%s', (_name, steps, looped) => {
    const verdict = check(steps, { maxSteps: 50 })
    expect(verdict.metadata?.evidence).toMatchObject({ looped })
    expect(verdict.score).toBe(looped ? 1 / 2 : 1)
  })

  it('are told by their steps', () => {
    expect(check(same('a a a a a a b'), { loops: true }).reason).toBe(
      'it loops: step 1 (a) was made 6 times with nothing new (steps 1, 2, 3, 4, 5, …)',
    )
    expect(check(same('x a b a b'), { loops: { cycle: 2, times: 2 } }).reason).toBe(
      'it loops: steps 2–3 are gone through again and again from step 4 on, with nothing new',
    )
  })

  it('are let be where the suite says so', () => {
    expect(check(same('a a a a'), { loops: false }).reason).toBe('4 steps, as it should be')
    expect(check(same('a a a'), { loops: { repeats: 4 } }).pass).toBe(true)
    expect(check(same('a b a b'), { loops: { cycle: 0, times: 2 } }).pass).toBe(true)
  })
})

describe('recovery after an error', () => {
  it.each([
    ['no error', [call('a', {}, 'ok')], true, 0, 0],
    ['an error at the end', [call('a', {}, 'ok'), broken('b')], false, 1, 0],
    ['the call put right', [broken('a', { n: 1 }), call('a', { n: 2 }, 'ok')], true, 1, 1],
    ['another call that works', [broken('a'), call('b', {}, 'ok')], true, 1, 1],
    ['two errors, one way out', [broken('a'), broken('a'), call('b', {}, 'ok')], true, 2, 2],
    ['an error after the way out', [broken('a'), call('b', {}, 'ok'), broken('c')], false, 2, 1],
    ['a call whose result is not told', [broken('a'), call('b')], false, 1, 0],
    ['a result whose place for an error is empty', [call('a', {}, { rows: 3, error: '' })], true, 0, 0],
    ['a step whose place for an error is empty', [{ tool: 'a', result: 1, error: [] }], true, 0, 0],
  ])('%s', (_name, steps, pass, toolErrors, recovered) => {
    const verdict = check(steps, { recovery: true })
    expect(verdict.pass).toBe(pass)
    expect(verdict.metadata?.evidence).toMatchObject({ toolErrors, recovered })
    expect(check(steps, { recovery: false, maxSteps: 9 }).pass).toBe(true)
  })

  it('does not count what was called in the same turn as the error', () => {
    const turn = [
      { type: 'tool_use', id: '1', name: 'a', input: {} },
      { type: 'tool_use', id: '2', name: 'b', input: {} },
    ]
    const results = [
      { type: 'tool_result', tool_use_id: '1', is_error: true, content: 'no' },
      { type: 'tool_result', tool_use_id: '2', content: 'ok' },
    ]
    const messages = [
      { role: 'assistant', content: turn },
      { role: 'user', content: results },
    ]
    expect(check(messages, { recovery: true }).reason).toContain('step 1 (a) ended in an error')
  })
})
