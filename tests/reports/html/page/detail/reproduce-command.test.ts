import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { reproduceCommand } from '../../../../../reports/html/page/detail/reproduce-command.ts'
import { HOSTILE } from '../../../hostile.ts'

const file = 'suites/sentiment/suite.yaml'

/** The words of a command as a real shell reads them. */
function wordsOf(command: string): string[] {
  const script = `set -- ${command.replace(/^assay run /, '')}; for word; do printf '%s\\0' "$word"; done`
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1)
}

describe('the command that asks a case again', () => {
  test('names suite, case, model and prompt', () => {
    expect(reproduceCommand({ file, caseId: 'mail-001', prompt: 'few-shot', provider: 'openai:gpt' })).toBe(
      "assay run suites/sentiment/suite.yaml --filter '^mail-001$' --provider openai:gpt --prompt few-shot",
    )
  })

  test('a shell reads back each name, and the filter finds its case alone', () => {
    const name = fc.string({ minLength: 1, maxLength: 40 }).filter((text) => !/[\p{Cc}\p{Cf}]/u.test(text))
    fc.assert(
      fc.property(name, name, (caseId, provider) => {
        const words = wordsOf(reproduceCommand({ file, caseId, prompt: "it's $HOME `id`", provider }) ?? '')
        expect([words[0], words[4], words[6]]).toEqual([file, provider, "it's $HOME `id`"])
        const filter = new RegExp(words[2] ?? '', 'iu')
        expect(filter.test(caseId)).toBe(true)
        expect(filter.test(`${caseId}x`)).toBe(false)
      }),
      { numRuns: 20 },
    )
  })

  test('nothing that a terminal acts on is in it, whatever the names hold', () => {
    const command =
      reproduceCommand({ file, caseId: HOSTILE, prompt: `p ${HOSTILE}`, provider: HOSTILE }) ?? ''
    expect(command).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u)
    const [, , filter, prompt, start] = wordsOf(command)
    expect(new RegExp(filter ?? '', 'iu').test(HOSTILE.toWellFormed())).toBe(true)
    expect([prompt, start]).toEqual(['--prompt', 'p *'])
  })

  test('an id of 4,000 characters is told by how it begins', () => {
    const words = wordsOf(
      reproduceCommand({ file, caseId: 'x'.repeat(4_000), prompt: 'p', provider: 'm' }) ?? '',
    )
    expect(words[2]).toBe(`^${'x'.repeat(200)}`)
  })

  test('a file with such a name has no command', () => {
    expect(
      reproduceCommand({ file: 'a\u001b.yaml', caseId: 'c', prompt: 'p', provider: 'm' }),
    ).toBeUndefined()
  })
})
