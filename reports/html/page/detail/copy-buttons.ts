import { TOLD_MS, toldOf } from './copy.ts'

/** Puts a copy button behind every `data-copy` element: it copies the attribute's text, or the element's own where that is empty. */
export function enableCopyButtons(root: ParentNode): void {
  for (const element of root.querySelectorAll<HTMLElement>('[data-copy]')) {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'copy'
    button.textContent = 'Copy'
    button.setAttribute('aria-label', 'Copy the command')
    button.addEventListener('click', () => void copy(element, button))
    element.after(' ', button)
  }
}

async function copy(element: HTMLElement, button: HTMLButtonElement): Promise<void> {
  button.textContent = await toldOf(element.dataset.copy || (element.textContent ?? ''))
  setTimeout(() => (button.textContent = 'Copy'), TOLD_MS)
}
