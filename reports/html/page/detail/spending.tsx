import type { RowText } from '../model/arm.ts'
import { count, counted, duration, score } from '../../../format/figures.ts'
import { outcomeWord } from '../table/words.ts'
import { Figure, ScrollTable } from '../sections/scroll-table.tsx'
import { Part } from './part.tsx'
import { Term } from './term.tsx'
import { costText, tokenText, usageParts } from './usage-parts.ts'

const CLASSES = [
  ['input', 'input'],
  ['cacheRead', 'cache read'],
  ['cacheWrite', 'cache write'],
  ['output', 'output'],
] as const

/** Tokens in their four classes and what they cost, first tries and feedback apart. */
export function Spending({ trial }: { readonly trial: RowText }) {
  const parts = usageParts(trial)
  const terms = (
    <>
      <Term name="cost" shown />
      {trial.usage?.estimated === true && <Term name="estimated" word="~" shown />}
    </>
  )
  return (
    <Part title="Tokens and cost" id="spending" aside={terms}>
      <ScrollTable
        label="Tokens and cost in figures"
        caption="Tokens by class. A call’s cost is known as a whole."
        head={[
          { title: 'calls' },
          ...[...CLASSES.map(([, title]) => title), 'cost'].map((title) => ({ title, number: true })),
        ]}
      >
        {parts.map((part) => (
          <tr key={part.label}>
            <th scope="row">
              {part.label} ({count(part.calls)})
            </th>
            {CLASSES.map(([name]) => (
              <Figure key={name}>{tokenText(part.usage, name)}</Figure>
            ))}
            <Figure>{costText(part)}</Figure>
          </tr>
        ))}
      </ScrollTable>
      <FeedbackEffect trial={trial} />
    </Part>
  )
}

/** What feedback changed, and what it took. */
function FeedbackEffect({ trial: { first, feedback, outcome, score: last } }: { readonly trial: RowText }) {
  if (first === undefined || feedback === undefined) return null
  return (
    <p>
      First try: {outcomeWord(first.outcome)}, score {score(first.score)}. After{' '}
      {counted(feedback.attempts - 1, 'round')} of feedback: {outcomeWord(outcome)}, score {score(last)}; that
      added {duration(feedback.addedMs)}.
    </p>
  )
}
