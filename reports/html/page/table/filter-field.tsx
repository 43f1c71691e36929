import type { RefObject } from 'preact'
import { useId, useState } from 'preact/hooks'
import { complete, type Completion } from '../filter/complete.ts'
import type { Vocabulary } from '../filter/vocabulary.ts'
import { visibleText } from '../safe-text/marks.ts'

interface FilterFieldProps {
  readonly field: RefObject<HTMLInputElement | null>
  readonly text: string
  readonly vocabulary: Vocabulary
  /** Ids of what explains the filter. */
  readonly describedBy: string
  readonly isWrong: boolean
  readonly onText: (text: string) => void
  /** Enter, or Escape: on to the cells. */
  readonly onLeave: () => void
}

/** The filter as text, with a list of what may come next. */
export function FilterField({
  field,
  text,
  vocabulary,
  describedBy,
  isWrong,
  onText,
  onLeave,
}: FilterFieldProps) {
  const id = useId()
  const [options, setOptions] = useState<readonly Completion[]>([])
  const [at, setAt] = useState(-1)
  const isOpen = options.length > 0
  const show = (list: readonly Completion[]) => {
    setOptions(list)
    setAt(-1)
  }
  const look = (input: HTMLInputElement) =>
    show(complete(input.value, input.selectionStart ?? input.value.length, vocabulary))
  const take = (option: Completion) => {
    const input = field.current
    if (input === null) return
    input.value = option.text
    input.setSelectionRange(option.caret, option.caret)
    onText(option.text)
    if (option.text.slice(0, option.caret).endsWith(':')) look(input)
    else show([])
  }
  const onKeyDown = (event: KeyboardEvent & { readonly currentTarget: HTMLInputElement }) => {
    if (event.isComposing) return
    const chosen = options[at]
    if (event.key === 'ArrowDown' && !isOpen) look(event.currentTarget)
    else if (event.key === 'ArrowDown') setAt((at + 1) % options.length)
    else if (event.key === 'ArrowUp' && isOpen) setAt(at <= 0 ? options.length - 1 : at - 1)
    else if ((event.key === 'Enter' || event.key === 'Tab') && chosen !== undefined) take(chosen)
    else if (event.key === 'Escape' && isOpen) show([])
    else if (event.key === 'Enter' || event.key === 'Escape') {
      show([])
      onLeave()
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div class="filter">
      <input
        ref={field}
        type="text"
        role="combobox"
        aria-label="Filter the cells"
        aria-expanded={isOpen}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={options[at] === undefined ? undefined : `${id}-${at}`}
        aria-describedby={describedBy}
        aria-invalid={isWrong}
        aria-keyshortcuts="/"
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        placeholder='status:failed model:… latency:>2s "words"'
        value={text}
        onInput={({ currentTarget }) => {
          onText(currentTarget.value)
          look(currentTarget)
        }}
        onKeyDown={onKeyDown}
        onBlur={() => show([])}
      />
      <ul id={`${id}-list`} role="listbox" aria-label="What may come next" hidden={!isOpen}>
        {options.map((option, index) => (
          <li
            key={option.label}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            // Before the field loses the focus, and the list with it.
            onPointerDown={(event) => {
              event.preventDefault()
              take(option)
            }}
          >
            <bdi>{visibleText(option.label)}</bdi> <span class="quiet">{option.about}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
