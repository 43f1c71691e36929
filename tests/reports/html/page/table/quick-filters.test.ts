import { expect, it } from 'vitest'
import type { Status, Term } from '../../../../../reports/html/page/filter/term.ts'
import { toggled } from '../../../../../reports/html/page/table/quick-filters.tsx'
import { printFilter } from '../../../../../reports/html/page/filter/print.ts'

const press = (...statuses: Status[]) =>
  printFilter(statuses.reduce<readonly Term[]>((terms, status) => toggled(terms, status), []))

it('adds a status at a press and takes it out at the next; two outcomes mean either, other statuses both', () => {
  expect(press('failed')).toBe('status:failed')
  expect(press('failed', 'failed')).toBe('')
  expect(press('failed', 'errored')).toBe('status:failed,errored')
  expect(press('failed', 'errored', 'failed')).toBe('status:errored')
  expect(press('regressed', 'flaky', 'failed')).toBe('status:regressed status:flaky status:failed')
})
