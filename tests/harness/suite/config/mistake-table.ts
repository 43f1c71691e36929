import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { HarnessError } from '../../../../harness/model/errors.ts'
import { readConfig } from '../../../../harness/suite/config/read-config.ts'
import { mistakeOf, placeOf, project } from './mistake.ts'

/** The least a suite needs: put before what a test is about. */
export const MINIMAL = 'prompts: [hi]\nproviders: [echo]\n'

/** The mistake in a suite with this text, with these files beside it. */
export function mistakeIn(
  text: string,
  beside: Readonly<Record<string, string>> = {},
): Promise<HarnessError> {
  const root = project({ 'suite.yaml': text, ...beside })
  return mistakeOf(() => readConfig(join(root, 'suite.yaml'), { env: {}, allowOutside: false }))
}

/**
 * One test a line: `what | suite | message | hint`. The suite has `¦` where the mistake is to be reported and `⏎` for a
 * new line, and is put behind `MINIMAL` unless it starts with prompts. The message is whole, or a part of it after `…`.
 */
export function refuses(table: string): void {
  const rows = table
    .trim()
    .split('\n')
    .map((line) => line.split(' | ').map((cell) => cell.trim()))
  it.each(rows)('refuses %s', async (_, suite = '', message = '', hint = '') => {
    const marked = (/^¦?prompts:/.test(suite) ? '' : MINIMAL) + suite.replaceAll(/ *⏎ ?/g, '\n')
    const before = marked.slice(0, marked.indexOf('¦')).split('\n')
    const error = await mistakeIn(`${marked.replace('¦', '')}\n`)

    const isMeant = message.startsWith('…') && error.message.includes(message.slice(1))
    expect(isMeant ? message : error.message).toBe(message)
    expect(placeOf(error)).toBe(`${before.length}:${(before.at(-1) ?? '').length + 1}`)
    expect(error.hint ?? '').toContain(hint)
    expect(error.frame).toContain(`> ${before.length} |`)
    expect(error).toMatchObject({ code: 'suite', exitCode: 2, others: [] })
  })
}
