/** Below this width the panel covers the page, as its style sheet has it. */
const COVERING = '(max-width: 1099px)'
const STOPS = 'a[href], button, input, select, textarea, summary, [tabindex="0"]'

/** Where the panel covers the page, Tab goes round in it: what lies behind cannot be seen. True where it took the key. */
export function keepTabInside(event: KeyboardEvent, panel: HTMLElement | null): boolean {
  if (event.key !== 'Tab' || panel === null || !matchMedia(COVERING).matches) return false
  const stops = [...panel.querySelectorAll<HTMLElement>(STOPS)].filter(
    (stop) => stop.tabIndex >= 0 && stop.checkVisibility() && !stop.matches(':disabled'),
  )
  const [first, last] = [stops[0], stops.at(-1)]
  const { activeElement } = document
  const isAtEdge = activeElement === (event.shiftKey ? first : last)
  const to = event.shiftKey ? last : first
  if (!isAtEdge || to === undefined) return false
  event.preventDefault()
  to.focus()
  return true
}
