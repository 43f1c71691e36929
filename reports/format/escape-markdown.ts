import { oneLine } from './plain.ts'

/** Text for one line or table cell of GitHub's Markdown, of which nothing renders: no markup, link, image, mention or reference. */
export function markdown(text: string): string {
  return (
    oneLine(text)
      // Mentions and issue numbers are found in the rendered text: only a character between stops them.
      .replace(/[@#](?=[\p{L}\p{N}_])|\b(?:GH-)(?=\d)/giu, '$&\u200B')
      .replace(/[#$&*<>@[\\\]^_`{|}~]|:(?=\S)/g, (character) => `&#${character.charCodeAt(0)};`)
      .replace(/www\./gi, (www) => `${www.slice(0, 3)}&#46;`)
  )
}
