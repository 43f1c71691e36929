import { describe, expect, it } from 'vitest'
import judge from '../../../assertions/judge.ts'
import { RUBRIC } from './asked.ts'

const SIMULATED = {
  id: 'file://../../../providers/simulated/index.ts',
  config: { profile: 'sonnet', temperature: 0, timeScale: 0 },
}
/** As promptfoo hands it to a check: no `assay`, and a provider that knows the suite's folder. */
const under = { vars: {}, provider: { config: { basePath: import.meta.dirname } } }

describe('a judge under promptfoo', () => {
  it('asks a model that promptfoo loads, from the suite’s folder', async () => {
    const config = {
      judge: SIMULATED,
      rubric: RUBRIC,
      reference: 'The shop opens at nine and closes at six.',
    }
    const verdict = await judge('The shop opens at nine, and it closes at six.', { ...under, config })
    expect(verdict).toMatchObject({ pass: true, score: 1, metadata: { evidence: { kind: 'judgement' } } })
  }, 30_000)

  it('cannot judge where the model cannot be loaded, and says why', async () => {
    const config = { judge: 'file://nowhere.ts', rubric: RUBRIC }
    await expect(judge('an answer', { ...under, config })).rejects.toThrow(
      /the grader failed: .*nowhere\.ts/s,
    )
  }, 30_000)
})
