import { describe, expect, it } from 'vitest'
import { COMMENT_LIMIT, commentBody, markerOf } from '../../reports/github/comment.ts'
import { renderer as markdown } from '../../reports/markdown.ts'
import { makeTrial } from '../harness/analyze/make-trial.ts'
import { HOSTILE, withHostileComparison } from './hostile.ts'
import { comparedInput } from './make-comparison.ts'
import { makeInput, text } from './make-input.ts'

const RECORD = 'runs/sentiment/run-1'

describe('a comment', () => {
  it('begins with the marker it is found by, and ends with where the rest is', () => {
    const where = {
      record: RECORD,
      artifact: 'assay-attempt-1',
      url: 'https://github.com/o/r/actions/runs/7',
    }
    expect(commentBody(['sentiment'], '## PASS: sentiment\n', where)).toBe(
      '<!-- assay: sentiment -->\n\n## PASS: sentiment\n\n' +
        'The record, with report.html: runs/sentiment/run-1 in the artifact **assay-attempt-1** of ' +
        '[this workflow run](https://github.com/o/r/actions/runs/7).\n',
    )
  })

  it('makes no link of what is no address of a workflow run', () => {
    const body = commentBody(['s'], 'x', { record: RECORD, url: 'javascript:alert(1)' })
    expect(body).not.toContain('](')
  })

  it('fits what GitHub takes when all is long and hostile', async () => {
    const trials = Array.from({ length: 2_000 }, (_, i) =>
      makeTrial({
        cell: { caseId: `c${i}`, prompt: `${HOSTILE}${i % 100}`, description: HOSTILE },
        outcome: 'failed',
        reason: HOSTILE,
      }),
    )
    const input = withHostileComparison({ ...comparedInput(), ...makeInput({ trials }) })
    const summary = await text(markdown.render(input))
    const body = commentBody([HOSTILE.repeat(5)], summary, { record: HOSTILE, artifact: HOSTILE })
    expect(Buffer.byteLength(body)).toBeLessThan(COMMENT_LIMIT)
  })
})

describe('a marker', () => {
  it('is another for other suites', () => {
    expect(markerOf(['a', 'b'])).not.toBe(markerOf(['a', 'c']))
    expect(markerOf(['a', 'b'])).toBe('<!-- assay: a + b -->')
  })

  it.each([['a --> <b>'], ['--'], ['-----'], ['\n<!-- assay: other -->'], ['\uD800'], [HOSTILE]])(
    'is one HTML comment on one line, whatever the name: %j',
    (name) => {
      const marker = markerOf([name])
      expect(marker).toMatch(/^<!-- assay: \S+ -->$/)
      expect(marker.slice(4, -3)).not.toMatch(/--|[<>]/)
    },
  )
})
