import { expect, it } from 'vitest'
import { marginFor } from '../../../harness/gate/margin.ts'

it.each([
  [1, null],
  [39, null],
  [40, 0.1],
  [149, 0.1],
  [150, 0.05],
  [100_000, 0.05],
])('%d units are given a margin that they can prove: %s', (units, margin) => {
  expect(marginFor(units)).toBe(margin)
})
