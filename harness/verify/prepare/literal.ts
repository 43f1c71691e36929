/** What makes nunjucks do more than copy a text. `#}` on its own is a syntax error to it. */
const TEMPLATE_TOKEN = /\{[{%#]|#\}/

/** True when nunjucks would not give the text back as it is. */
export function isTemplate(text: string): boolean {
  return TEMPLATE_TOKEN.test(text)
}

/**
 * A value that promptfoo renders to exactly the given one: texts become a nunjucks string literal, which nothing
 * inside the text can end. (`{% raw %}` could be left by an `{% endraw %}` in the data.) `file://` and `package:`
 * texts are quoted too: promptfoo would load them.
 */
export function exactly(value: unknown): unknown {
  if (typeof value === 'string') return quoteText(value)
  if (Array.isArray(value))
    return value.map((item: unknown) => (typeof item === 'string' ? quoteText(item) : item))
  return value
}

function quoteText(text: string): string {
  if (!isTemplate(text) && !text.startsWith('file://') && !text.startsWith('package:')) return text
  return `{{ "${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}" }}`
}
