import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'

interface DisclosureProps {
  readonly summary: ComponentChildren
  readonly children: () => ComponentChildren
  readonly class?: string
}

/** Something that is made when it is first opened. */
export function Disclosure({ summary, children, class: name }: DisclosureProps) {
  const [opened, setOpened] = useState(false)
  return (
    <details class={name} onToggle={({ currentTarget }) => currentTarget.open && setOpened(true)}>
      <summary>{summary}</summary>
      {opened && children()}
    </details>
  )
}
