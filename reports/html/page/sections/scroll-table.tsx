import type { ComponentChildren } from 'preact'
import { InlineText } from '../safe-text/inline-text.tsx'

interface Props {
  readonly caption: ComponentChildren
  /** What the scrolling region is called, in a few words. */
  readonly label: string
  readonly head: readonly Head[]
  readonly children: ComponentChildren
}

/** A column's title, and whether figures stand beneath it. */
export interface Head {
  readonly title: string
  readonly number?: boolean
  /** Read out, not shown: for a column of pictures. */
  readonly hidden?: boolean
}

/** A table that scrolls to its side where it is too wide, by keyboard too: the page never does. */
export function ScrollTable({ caption, label, head, children }: Props) {
  return (
    <div class="scroll" role="region" aria-label={label} tabIndex={0}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {head.map(({ title, number, hidden }) => (
              <th scope="col" class={hidden === true ? 'drawn' : number === true ? 'number' : undefined}>
                {hidden === true ? <span class="unseen">{title}</span> : <InlineText text={title} />}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}

/** A cell with a figure. */
export function Figure({ children }: { readonly children: ComponentChildren }) {
  return <td class="number">{children}</td>
}
