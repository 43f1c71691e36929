/** Letters that look like ASCII ones, by the letter they look like; in lower case, since they are looked up after case is folded. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  a: 'аαɑᴀ',
  b: 'вβʙ',
  c: 'сϲᴄⅽ',
  d: 'ԁɖⅾ',
  e: 'еεҽ℮ᴇ',
  f: 'ғſẝꜰ',
  g: 'ɡցɢ',
  h: 'нһհʜ',
  i: 'іιıɩɪӏ',
  j: 'јϳյᴊ',
  k: 'кκᴋ',
  l: 'ⅼʟ',
  m: 'мμᴍⅿ',
  n: 'ηոɴ',
  o: 'оοօᴏ',
  p: 'рρᴘ',
  q: 'ԛզ',
  r: 'гʀ',
  s: 'ѕꜱ',
  t: 'тτᴛ',
  u: 'υսᴜ',
  v: 'νѵᴠ',
  w: 'ԝшᴡ',
  x: 'хχ',
  y: 'уγүʏ',
  z: 'ζᴢ',
  "'": '‘’‛ʼʹ`´′',
  '-': '‐‑‒–—―−',
}

const ASCII = new Map(
  Object.entries(LOOKALIKES).flatMap(([ascii, alike]) => Array.from(alike, (letter) => [letter, ascii])),
)
const ALIKE = new RegExp(`[${[...ASCII.keys()].join('')}]`, 'gu')

/** Greek capitals whose small letters look like something else; beside a Latin letter they stand for what the capital looks like. */
const CAPITALS: Readonly<Record<string, string>> = { Η: 'h', Ν: 'n', Υ: 'y' }
const CAPITAL_IN_LATIN = /(?<=[a-z])[ΗΝΥ]|[ΗΝΥ](?=[a-z])/giu

const ONLY_ASCII = /^[\u0020-\u007e\n]*$/
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu

/**
 * A text as the eye takes it: texts that look alike have one skeleton. Compatibility forms are unified (NFKC: full width, mathematical
 * letters, ligatures), case is folded, what is invisible is dropped (zero width, soft hyphens, direction marks, tags), and letters of
 * other scripts that look like ASCII ones become those, dashes and apostrophes too. It is for comparing, not for showing: the skeleton
 * of a Russian word is no word. Digits are not confused with letters, accents are kept, and a difference in case never makes a
 * difference in the skeleton of a word that is all Greek or all Cyrillic.
 */
export function skeleton(text: string): string {
  if (ONLY_ASCII.test(text)) return text.toLowerCase().replaceAll('`', "'")
  return text
    .normalize('NFKC')
    .replaceAll(INVISIBLE, '')
    .replaceAll(CAPITAL_IN_LATIN, (letter) => CAPITALS[letter] ?? letter)
    .toLowerCase()
    .replaceAll('i\u0307', 'i')
    .replaceAll('ß', 'ss')
    .replaceAll('ς', 'σ')
    .replaceAll(ALIKE, (letter) => ASCII.get(letter) ?? letter)
}
