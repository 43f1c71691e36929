import type { Trial } from '../../harness/model/trial.ts'
import { makeErrored, makeTrial } from '../harness/analyze/make-trial.ts'

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
