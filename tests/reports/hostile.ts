import type { ReportInput } from '../../harness/model/report.ts'
import type { Trial } from '../../harness/model/trial.ts'
import { makeErrored, makeTrial } from '../harness/analyze/make-trial.ts'
import { makeComparison, ownAnalysis, verdictOn } from './make-comparison.ts'

/** What a model or a dataset may hold to break out of a report: of a terminal, HTML, XML, Markdown, or JSON. */
export const HOSTILE = [
  '\u001b[31mred\u001b[0m \u001b]0;title\u0007 \u009b2J \u0000\u0008\u007f\r\nFAKE PASS',
  '<script>alert(1)</script><img src=x onerror=alert(1)> </pre></style> "quoted" \'single\' &amp;',
  ']]> <![CDATA[ --> <?xml?> \uD800 lone \uDC00 \uFFFE\uFFFF',
  '| cell | `code` ![x](http://evil.test/x.png) [link](javascript:alert(1)) @someone #12 www.evil.test $x^2$ ~~gone~~',
  'right \u202Eto left\u202C \u2066isolated\u2069 __proto__ 日本語 😀',
].join(' ')

/** A failed and an errored trial whose every text is hostile. */
export function hostileTrials(): Trial[] {
  const cell = {
    caseId: HOSTILE,
    prompt: `prompt ${HOSTILE}`,
    provider: `model ${HOSTILE}`,
    description: HOSTILE,
    source: { file: `cases ${HOSTILE}.csv`, line: 3 },
    metadata: { tags: [HOSTILE] },
  }
  const check = { type: 'equals', metric: HOSTILE, pass: false, score: 0, reason: HOSTILE }
  const failed = makeTrial({
    cell,
    outcome: 'failed',
    score: 0,
    namedScores: { [HOSTILE]: 0.5 },
    output: { [HOSTILE]: HOSTILE },
    request: { prompt: HOSTILE },
    checks: [check],
    reason: HOSTILE,
  })
  return [failed, makeErrored(HOSTILE, { ...cell, repeat: 1 })]
}

/** Fields that hold one of a few words of ours, and so no text of anyone else's. */
const OURS = new Set(['kind', 'method', 'status', 'state', 'op'])

/** A value whose every text is hostile. Texts that differ still do, and so do lists that were empty. */
function hostileTexts<T>(value: T, key?: string): T
function hostileTexts(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return OURS.has(key) ? value : `${value} ${HOSTILE}`
  if (Array.isArray(value)) return value.map((item) => hostileTexts(item, key))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, hostileTexts(item, name)]))
}

/** The same run with a comparison, and all else an analysis may hold, of hostile texts alone. */
export function withHostileComparison(input: ReportInput): ReportInput {
  const comparison = hostileTexts(makeComparison())
  const analysis = { ...input.analysis, ...hostileTexts(ownAnalysis()), comparison }
  return { ...input, analysis, verdict: verdictOn(comparison, { reasons: [HOSTILE] }) }
}
