import { expect, it } from 'vitest'
import grounded from '../../../assertions/grounded.ts'

it.each([
  ['José Álvarez', 'José Álvarez', 1],
  ['Łukasz Bjørn', 'Łukasz Bjørn', 1],
  ['José Álvarez', 'Jose Alvarez', 1],
  ['Jose Alvarez', 'José Álvarez', 1],
  ['José Álvarez', 'José Gómez', 0],
])('a context that names %s supports what is said of %s: %d', async (known, named, score) => {
  const config = { context: `${known} signed the lease in Berlin.` }
  const verdict = await grounded(`${named} signed the lease in Berlin.`, { config, vars: {} })
  expect(verdict.score).toBe(score)
})
