import type { DiffLayout } from '../diff/diff-view.tsx'

/** How the cell's texts are shown: compared with the other cell's, or alone. */
export type View = DiffLayout | 'alone'

const VIEWS: readonly (readonly [View, string])[] = [
  ['sides', 'Side by side'],
  ['inline', 'Inline'],
  ['alone', 'This cell alone'],
]

export function ViewChoice({ view, onView }: { readonly view: View; readonly onView: (view: View) => void }) {
  return (
    <div class="choice" role="group" aria-label="How texts are shown">
      {VIEWS.map(([one, label]) => (
        <button key={one} type="button" aria-pressed={one === view} onClick={() => onView(one)}>
          {label}
        </button>
      ))}
    </div>
  )
}
