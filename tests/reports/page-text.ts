const ENTITIES: Record<string, string> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
}

/** A page without its scripts and styles: its elements alone. */
export function staticPage(html: string): string {
  return html.replace(/<(script|style)\b[^>]*>[^]*?<\/\1>/g, '')
}

/** What a reader of a page sees without its script: its texts, parted by single spaces. */
export function pageText(html: string): string {
  return staticPage(html)
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity] as string)
    .replace(/\s+/g, ' ')
}
