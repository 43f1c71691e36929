import type { Assertion } from '../model/assertion.ts'
import type { Case } from '../model/case.ts'
import type { AssaySettings, DerivedMetric } from '../model/suite.ts'
import { isDeterministic } from '../verify/assertion-kind.ts'
import { fail } from './config/fail.ts'
import { locate } from './config/positions.ts'
import { didYouMean } from '../model/suggest.ts'

/** The metrics that the checks of a suite can yield, as far as the suite tells. */
export class MetricNames {
  readonly #names = new Set(['pass', 'pass_first'])
  #isOpen = false

  constructor(derived: readonly DerivedMetric[]) {
    for (const { name } of derived) this.#names.add(name)
  }

  add({ test, checks }: Pick<Case, 'test' | 'checks'>): void {
    if (test.assertScoringFunction !== undefined) this.#isOpen = true
    for (const { assertion } of checks) this.#addAssertion(assertion)
  }

  get names(): ReadonlySet<string> {
    return this.#names
  }

  /** True where code, a model or a template may name further ones. */
  get isOpen(): boolean {
    return this.#isOpen
  }

  #addAssertion({ type, metric, assert }: Assertion): void {
    if (metric?.includes('{{') === true || metric?.includes('{%') === true) this.#isOpen = true
    else if (metric !== undefined && metric !== '') this.#names.add(metric)
    for (const member of assert ?? []) this.#addAssertion(member)
    if (type !== 'assert-set' && !isDeterministic(type)) this.#isOpen = true
  }
}

/**
 * A metric that gates and that no check can yield is a slip of the pen, and would be told of after every call was paid for. Where
 * code or a model may name metrics of its own, nobody can tell.
 * @throws HarnessError `suite`
 */
export function checkMetrics({ gate, feedback }: AssaySettings, { names, isOpen }: MetricNames): void {
  if (gate === undefined) return
  const metrics = (gate['metrics'] ?? []) as readonly string[]
  const first = metrics.indexOf('pass_first')
  if (first >= 0 && feedback === undefined) throw noFirstTry(locate(metrics, first))
  if (isOpen) return
  for (const [index, metric] of metrics.entries()) {
    if (!names.has(metric)) throw unknownMetric('metrics', metric, names, locate(metrics, index))
  }
  for (const key of ['floors', 'ceilings']) {
    const bounds = (gate[key] ?? {}) as Readonly<Record<string, number>>
    for (const metric of Object.keys(bounds)) {
      if (!names.has(metric)) throw unknownMetric(key, metric, names, locate(bounds, metric))
    }
  }
}

/** A floor is another matter: without feedback the first try is the last one too. */
function noFirstTry(at: ReturnType<typeof locate>): Error {
  return fail(
    'suite',
    'assay.gate.metrics: `pass_first` is the first of several tries, and the suite has no `feedback`',
    at,
    'gate on `pass`, or add `feedback: { maxAttempts: 2 }`',
  )
}

function unknownMetric(
  key: string,
  metric: string,
  names: ReadonlySet<string>,
  at: ReturnType<typeof locate>,
): Error {
  const known = [...names].slice(0, 10).map((name) => `\`${name}\``)
  const hint =
    didYouMean(metric, names) ?? `there are ${known.join(', ')}: the \`metric\` of a check names one`
  return fail('suite', `assay.gate.${key}: no check yields the metric \`${metric}\``, at, hint)
}
