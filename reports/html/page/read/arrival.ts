/** Waits until all of the page has been read: not at all where it has. */
export async function pageArrived(document: Document): Promise<void> {
  if (document.readyState !== 'loading') return
  await new Promise((resolve) => document.addEventListener('DOMContentLoaded', resolve, { once: true }))
}

/** Waits for a part of a page that may still be on its way: one that is being read grows until the next begins. */
export async function partArrived(document: Document, id: string): Promise<void> {
  if (!document.getElementById(id)?.nextElementSibling) await pageArrived(document)
}
