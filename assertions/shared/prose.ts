const CODE = /```[^]*?(?:```|$)|~~~[^]*?(?:~~~|$)|`[^`\n]{1,200}`/g
const ADDRESS =
  /(?:https?:\/\/|www\.)[^\s<>"')\]]{1,2000}|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,8}/g
const QUOTE =
  /"[^"\n]{1,400}"|“[^”\n]{1,400}”|„[^“”\n]{1,400}[“”]|«[^»\n]{1,400}»|»[^«\n]{1,400}«|^[ \t]*>.*$/gm

/** A text with code and addresses blanked out, every offset as it was. */
export function withoutCode(text: string): string {
  return blank(blank(text, CODE), ADDRESS)
}

/** A text with code, addresses and whatever is quoted blanked out: what is left are its author's own words, every offset as it was. */
export function ownWords(text: string): string {
  return blank(withoutCode(text), QUOTE)
}

function blank(text: string, parts: RegExp): string {
  return text.replaceAll(parts, (part) => ' '.repeat(part.length))
}
