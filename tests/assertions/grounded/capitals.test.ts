import { expect, it } from 'vitest'
import { Capitals } from '../../../assertions/grounded/capitals.ts'

const capitals = new Capitals([
  'Bluefin makes sonar. Patients sleep; one patient wakes. The Supplier pays.',
  "Supplier's goods. Orla’s firm. Each\nTenant pays. ACME",
])

it.each([
  ['Bluefin', true],
  ['Orla', true],
  ["Orla's", true],
  ['ACME', true],
  ['Patients', false],
  ['Supplier', false],
  ['Tenant', false],
  ['Sonar', false],
  ['Tidewater', false],
])('%s is a name there: %s', (word, isName) => {
  expect(capitals.isName(word)).toBe(isName)
})
