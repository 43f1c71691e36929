import { useEffect, useRef } from 'preact/hooks'

const KEYS: readonly (readonly [keys: readonly string[], does: string])[] = [
  [['j', 'k'], 'next, previous cell, also of an open one; so do ↓ and ↑ in the table'],
  [['[', ']'], 'previous, next regression (without a comparison: cell that did not pass)'],
  [['Enter'], 'open the cell'],
  [['1', '2', '3', '4'], 'in an open cell: label wrong, judge wrong, acceptable, agree'],
  [['n'], 'in an open cell: write a note'],
  [['Esc'], 'close the cell'],
  [['/'], 'filter'],
  [['g'], 'group by case, and back; ← and → go from column to column'],
  [['s'], 'to the heads of the columns: ← → choose, Enter sorts'],
  [['c', 'C'], 'copy the cells shown as CSV, as JSONL'],
  [['Home', 'End', 'PgUp', 'PgDn'], 'move in the table'],
  [['?'], 'this help'],
]

const FILTERS: readonly (readonly [example: string, finds: string])[] = [
  [
    'status:regressed',
    'or improved, same, passed, failed, errored, flaky, replayed, refused, quarantined, reviewed, disputed',
  ],
  ['status:failed,errored', 'either of them: a comma is “or”'],
  ['model:flash prompt:few', 'both of them; by a name, or part of one where none is called just so'],
  ['tag:critical case:c-17 file:emails.csv', 'by the case'],
  ['accuracy:<0.5', 'by any metric; metric:"my metric"<0.5 for a name with spaces'],
  ['latency:>2s', 'also ttft, in ms or s; cost:>0.01 in USD; score, attempts, tokens, repeat'],
  ['score:none', 'not measured'],
  ['refund "thank you"', 'text of prompts, outputs, reasons, variables and names of cases'],
  ['-status:passed -refund', 'a minus is “not”'],
]

interface HelpProps {
  readonly isOpen: boolean
  readonly lettersOn: boolean
  readonly onLetters: (on: boolean) => void
  readonly onClose: () => void
}

/** The keys and the language of the filter. */
export function Help({ isOpen, lettersOn, onLetters, onClose }: HelpProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current
    if (element === null || element.open === isOpen) return
    if (isOpen) element.showModal()
    else element.close()
  }, [isOpen])
  const closeOutside = (event: MouseEvent) => event.target === event.currentTarget && onClose()
  return (
    <dialog ref={dialog} class="help" aria-labelledby="help-title" onClose={onClose} onClick={closeOutside}>
      <div>
        <header>
          <h3 id="help-title">Keys and filters</h3>
          <button type="button" onClick={onClose}>
            Close
          </button>
        </header>
        <dl class="keys">
          {KEYS.map(([keys, does]) => (
            <div key={does}>
              <dt>
                {keys.map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
        <label>
          <input
            type="checkbox"
            checked={lettersOn}
            onChange={({ currentTarget }) => onLetters(currentTarget.checked)}
          />
          Keys of a single character are on
        </label>
        <h4>What the filter understands</h4>
        <dl class="examples">
          {FILTERS.map(([example, finds]) => (
            <div key={example}>
              <dt>
                <code>{example}</code>
              </dt>
              <dd>{finds}</dd>
            </div>
          ))}
        </dl>
      </div>
    </dialog>
  )
}
