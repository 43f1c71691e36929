import type { CellRecord, Trial } from '../../../../../harness/model/trial.ts'
import { createHash } from 'node:crypto'
import { makeTrial } from '../../../../harness/analyze/make-trial.ts'

type Parts = Omit<Parameters<typeof makeTrial>[0] & object, 'cell'> & { readonly cell?: Partial<CellRecord> }

/** A trial whose cell has an id of its own, as a run's have. */
export function makeCell({ cell = {}, ...parts }: Parts = {}): Trial {
  const { caseId = 'c1', prompt = 'zero-shot', provider = 'flash', repeat = 0 } = cell
  const id = createHash('sha256')
    .update(JSON.stringify([caseId, prompt, provider, repeat]))
    .digest('hex')
  return makeTrial({ ...parts, cell: { id, ...cell } })
}
