import type { Plan } from '../model/plan.ts'
import type { Verifier } from '../model/verification.ts'
import type { PlannedCell } from '../record/reconcile.ts'
import { orderOf } from './order.ts'

/** The cells of a plan, as a record is compared with them. */
export async function* plannedCells(
  plan: Plan,
  verifier: Pick<Verifier, 'checksHash' | 'comparesColumns'>,
): AsyncGenerator<PlannedCell, void> {
  const order = await orderOf(plan)
  for await (const cell of plan.cells()) {
    const { case: testCase, column, repeat } = cell
    const chain = order?.chainOf(cell)
    const groups = [
      ...(chain === undefined ? [] : [`chain ${chain}`]),
      ...(verifier.comparesColumns(testCase) ? [`compared ${repeat} ${testCase.id}`] : []),
    ]
    yield {
      cellId: cell.id,
      prompt: column.prompt.key,
      provider: column.provider.key,
      varsHash: testCase.digest,
      checksHash: verifier.checksHash(testCase),
      ...(groups.length > 0 && { groups }),
    }
  }
}
