/** Puts a text on the clipboard as it is. False where the browser refuses. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    // A page over plain HTTP has no such clipboard.
    return copySelected(text)
  }
}

/** ms that a button tells what came of it. */
export const TOLD_MS = 2_000

/** Copies a text exactly. What came of it, in the words of a button. */
export async function toldOf(text: string): Promise<string> {
  return (await copyText(text)) ? 'Copied ✓' : 'Not copied: the browser refused'
}

function copySelected(text: string): boolean {
  const focused = document.activeElement
  const area = document.createElement('textarea')
  area.className = 'unseen'
  area.value = text
  area.readOnly = true
  document.body.append(area)
  area.select()
  const isCopied = document.execCommand('copy')
  area.remove()
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true })
  return isCopied
}
