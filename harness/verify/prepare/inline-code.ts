import { compileFunction } from 'node:vm'
import { messageOf } from '../../model/errors.ts'
import type { SourceLocation } from '../../model/source.ts'
import { fail } from '../../suite/config/fail.ts'
import { isTemplate } from '../../suite/templates.ts'

/**
 * Refuses inline JavaScript that no reply could pass because it does not parse. A template is left alone: what it renders
 * to is not known yet.
 * @throws HarnessError `suite`
 */
export function checkInlineCode(code: string, at: SourceLocation): void {
  if (isTemplate(code) || code.startsWith('package:')) return
  // promptfoo puts a `return` before a single line, unless it begins with a declaration: either reading will do.
  const asBody = problemOf(code)
  if (asBody === undefined) return
  const asExpression = problemOf(`return ${code.trim().replace(/;+$/, '')}`)
  if (asExpression === undefined && !code.trimEnd().includes('\n')) return
  throw fail(
    'suite',
    `this JavaScript does not parse: ${asBody}`,
    at,
    /\bawait\b/.test(code)
      ? '`await` is not possible here: return the promise, or use a function in a file'
      : 'write an expression over `output` and `context`, or several lines with a `return`',
  )
}

function problemOf(body: string): string | undefined {
  try {
    compileFunction(body, ['output', 'context', 'process'])
    return undefined
  } catch (error) {
    return messageOf(error)
  }
}
