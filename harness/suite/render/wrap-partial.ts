/** A text with half a tag, say `{{` alone, is no template but means what it says. */
export function wrapIfPartial(text: string): string {
  const partial = /({%[^%]*$|{{[^}]*$|{#[^#]*$)/m.test(text)
  const wrapped = /{%\s*raw\s*%}/.test(text) && /{%\s*endraw\s*%}/.test(text)
  return partial && !wrapped ? `{% raw %}${text}{% endraw %}` : text
}
