import { columnName, type RunComparison } from '../../../../harness/model/comparison.ts'
import { count } from '../../../format/figures.ts'
import { fellSentence } from '../../../format/why.ts'
import { InlineText } from '../safe-text/inline-text.tsx'
import { LISTED, UNITS } from './limits.ts'

const BARS = 6
const WIDTH = 90

/** Which checks the fallen cases failed, in which slices they lie, and how much of it flake alone would do. */
export function WhereTheyLie({ comparison: { why } }: { readonly comparison: RunComparison }) {
  return (
    <>
      {why.slice(0, LISTED.others).map((one) => (
        <div class="why-they-fell">
          <p>
            <strong>
              <InlineText text={columnName(one.column)} limit={UNITS.column} />,{' '}
              <InlineText text={one.metric} limit={UNITS.name} />
            </strong>
            : {fellSentence(one)}
          </p>
          <div class="bars">
            <Bars
              title="By the check that failed"
              rows={one.checks.map(({ check, cases }) => ({ name: check, n: cases, of: one.worse }))}
            />
            <Bars
              title="By slice, of its cases"
              rows={one.slices.map(({ slice, worse, cases }) => ({ name: slice, n: worse, of: cases }))}
            />
          </div>
        </div>
      ))}
    </>
  )
}

interface Bar {
  readonly name: string
  readonly n: number
  readonly of: number
}

function Bars({ title, rows }: { readonly title: string; readonly rows: readonly Bar[] }) {
  if (rows.length === 0) return null
  return (
    <table>
      <caption>{title}</caption>
      <tbody>
        {rows.slice(0, BARS).map(({ name, n, of }) => (
          <tr>
            <th scope="row">
              <InlineText text={name} limit={UNITS.column} />
            </th>
            <td>
              <svg
                class="share"
                width={WIDTH}
                height="10"
                viewBox={`0 0 ${WIDTH} 10`}
                aria-hidden="true"
                focusable="false"
              >
                <rect class="ground" width={WIDTH} height="10" />
                <rect
                  class="filled"
                  width={of > 0 ? Math.round(Math.min(1, n / of) * WIDTH) : 0}
                  height="10"
                />
              </svg>
            </td>
            <td class="number">
              {count(n)} of {count(of)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
