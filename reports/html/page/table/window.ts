/** Pixels of scrolling that every browser bears; beyond, a pixel of scrolling moves by more than one. */
const TALLEST = 8_000_000

/** Rows drawn above and below those in sight. */
const SPARE = 6

export interface Pane {
  readonly scrollTop: number
  /** Pixels in sight. */
  readonly height: number
  readonly rowHeight: number
  readonly rows: number
}

/** What of a long list is in the document. */
export interface Window {
  /** Rows drawn: from `first` up to, but without, `end`. */
  readonly first: number
  readonly end: number
  /** Pixels from the top of the list to the first drawn row. */
  readonly top: number
  /** Pixels of the whole list. */
  readonly total: number
}

export function windowAt(pane: Pane): Window {
  const { rowHeight, rows, height } = pane
  const whole = rows * rowHeight
  const total = Math.min(whole, TALLEST)
  const scrollTop = Math.max(0, Math.min(pane.scrollTop, total - height))
  const shift = shiftAt(scrollTop, height, whole)
  const seen = Math.floor((scrollTop + shift) / rowHeight)
  const first = Math.max(0, seen - SPARE)
  const end = Math.min(rows, seen + Math.ceil(height / rowHeight) + 1 + SPARE)
  return { first, end, top: first * rowHeight - shift, total }
}

/** Where to scroll so that a row is in sight, by as little as will do. */
export function scrollTopFor(row: number, pane: Pane): number {
  const { rowHeight, rows, height } = pane
  const whole = rows * rowHeight
  const total = Math.min(whole, TALLEST)
  const room = Math.max(0, total - height)
  const at = Math.min(pane.scrollTop, room) + shiftAt(Math.min(pane.scrollTop, room), height, whole)
  const top = row * rowHeight
  if (top >= at && top + rowHeight <= at + height) return pane.scrollTop
  const wanted = top < at ? top : top + rowHeight - height
  const span = whole - height
  return span <= 0 ? 0 : Math.max(0, Math.min(room, (wanted * room) / span))
}

/** How far the rows are ahead of the scroll bar, where the list is taller than the browser lets it be. */
function shiftAt(scrollTop: number, height: number, whole: number): number {
  if (whole <= TALLEST) return 0
  return (scrollTop / (TALLEST - height)) * (whole - TALLEST)
}

/** The columns in sight, by index: those between the pixels that are not covered by what sticks to the left. */
export function columnsInSight(
  widths: readonly number[],
  scrollLeft: number,
  width: number,
): { readonly first: number; readonly end: number; readonly before: number; readonly after: number } {
  let at = 0
  let first = 0
  let before = 0
  while (first < widths.length && at + (widths[first] as number) < scrollLeft) {
    at += widths[first] as number
    first++
  }
  before = at
  let end = first
  while (end < widths.length && at < scrollLeft + width) {
    at += widths[end] as number
    end++
  }
  let after = 0
  for (let i = end; i < widths.length; i++) after += widths[i] as number
  return { first, end, before, after }
}
