import { describe, expect, it } from 'vitest'
import type { Assertion } from '../../../harness/model/assertion.ts'
import { HarnessError } from '../../../harness/model/errors.ts'
import { caseOf, verifierIn } from './support.ts'

async function refusal(
  assertion: Assertion,
  files: Record<string, string> = {},
  more = {},
): Promise<HarnessError> {
  const verifier = await verifierIn(files)
  const error: unknown = await verifier.prepare(caseOf([assertion], more)).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(HarnessError)
  return error as HarnessError
}

const script = { type: 'javascript', value: 'file://check.ts' }

describe('before any call', () => {
  it('refuses a check file that is not there, where the suite names it', async () => {
    const error = await refusal(script)
    expect(error.message).toMatch(/file not found: check\.ts/)
    expect(error.at).toMatchObject({ line: 7, column: 5 })
  })

  it('refuses a check file without a default export', async () => {
    expect((await refusal(script, { 'check.ts': 'export const other = 1' })).message).toMatch(
      /no default export/,
    )
  })

  it('refuses a check file that throws when it is loaded', async () => {
    expect((await refusal(script, { 'check.ts': 'throw new Error("at import")' })).message).toMatch(
      /at import/,
    )
  })

  it('refuses a check file outside the project', async () => {
    expect((await refusal({ ...script, value: 'file://../../etc/check.ts' })).message).toMatch(
      /outside the project/,
    )
  })

  it('refuses a schema that cannot be parsed', async () => {
    expect((await refusal({ type: 'is-json', value: '{"type": ' })).message).toMatch(
      /schema of `is-json` cannot be parsed/,
    )
  })

  it('refuses a value in a file of an unknown kind', async () => {
    expect((await refusal({ type: 'equals', value: 'file://x.bin' }, { 'x.bin': '' })).hint).toMatch(
      /use a \.txt/,
    )
  })

  it('refuses a transform that is not JavaScript', async () => {
    expect((await refusal({ type: 'equals', value: 'a', transform: 'output.(' })).message).toMatch(
      /not JavaScript/,
    )
  })

  it('refuses a scoring function that is not there', async () => {
    const error = await refusal(
      { type: 'equals', value: 'a' },
      {},
      { assertScoringFunction: 'file://score.ts' },
    )
    expect(error.message).toMatch(/file not found/)
  })

  it.each(['llm-rubric', 'not-similar', 'g-eval', 'select-best'])(
    'refuses `%s` without a grader',
    async (type) => {
      const error = await refusal({ type, value: 'be kind' })
      expect(error.message).toMatch(/names none to ask/)
      expect(error.hint).toMatch(/defaultTest\.options\.provider/)
    },
  )

  it('refuses one inside a set, too', async () => {
    const error = await refusal({ type: 'assert-set', assert: [{ type: 'factuality', value: 'x' }] })
    expect(error.message).toMatch(/`factuality` asks a model/)
  })

  it('finds nothing wrong with what a grader or an inline check needs', async () => {
    const verifier = await verifierIn()
    const checks = [
      { type: 'llm-rubric', value: 'x', provider: 'echo' },
      { type: 'python', value: 'True' },
    ]
    await expect(verifier.prepare(caseOf(checks))).resolves.toEqual({ counts: true })
  })
})
