/** What a company's form adds to its name; without dots, in lower case. */
const LEGAL_FORMS: ReadonlySet<string> = new Set(
  'inc incorporated corp corporation co company llc lc ltd limited llp lp plc pllc pty pte gmbh mbh ag aktiengesellschaft kg kgaa ohg ug se sa sas sarl rl srl spa bv nv ab oy oyj as asa aps kk'.split(
    ' ',
  ),
)
const TITLES: ReadonlySet<string> = new Set('mr mrs ms miss mx dr prof professor sir dame the'.split(' '))

/** Letters that Unicode does not take for accented ones, by what is written where they are not at hand. */
const PLAIN: Readonly<Record<string, string>> = { ß: 'ss', ø: 'o', ł: 'l', đ: 'd', ı: 'i', æ: 'ae', œ: 'oe' }

/** "Limited liability company" and its like, which are no form word by word. */
const LONG_FORM = / (?:(?:public|private) )?limited(?: liability)? (?:company|partnership)$/

/**
 * A person's or a company's name by what tells it apart: case, accents, punctuation, the legal form at its end and titles before it are left
 * out, `&` is "and". "The ACME Holdings, Inc." and "Acme Holdings" are one; so are an Inc. and a Ltd. of one name.
 */
export function normalName(text: string): string {
  const words = withoutAccents(text)
    .replaceAll('&', ' and ')
    // "S.p.A.", "J. P. Morgan", "A/S".
    .replaceAll(/(?<=\p{L})\.(?=\p{L})|(?<=(?<!\p{L})\p{L})(?:\. |\/)(?=\p{L}(?!\p{L}))|['’]/gu, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(LONG_FORM, '')
    .split(' ')
  const start = words.findIndex((word) => !TITLES.has(word))
  const named = words.slice(Math.max(0, start))
  let end = named.length
  // "GmbH & Co. KG": the "and" goes with the form after it.
  while (end > 0 && isFormal(named, end)) end--
  return (end > 0 ? named.slice(0, end) : named).join(' ')
}

/** In lower case, with every letter as one who has no accents at hand writes it: "Łódź" is "lodz". */
export function withoutAccents(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036f]+/g, '')
    .toLowerCase()
    .replaceAll(/[ßøłđıæœ]/g, (letter) => PLAIN[letter] ?? letter)
}

function isFormal(words: readonly string[], end: number): boolean {
  const last = words[end - 1] ?? ''
  return LEGAL_FORMS.has(last) || (last === 'and' && end < words.length)
}
