import validator from 'validator'
import { contentWordsOf } from '../shared/words.ts'
import { before, matches, type Finder } from './found.ts'

const AT = String.raw`(?:@\s?|&#64;|&commat;|%40|\s?[[({<]\s?(?:at|@)\s?[\])}>]\s?|\sAT\s)`
const DOT = String.raw`(?:\.|\s?[[({<]\s?(?:dot|\.)\s?[\])}>]\s?|\sDOT\s)`
const LOCAL = String.raw`[\p{L}\p{N}_%+'-](?:[\p{L}\p{N}._%+'-]{0,62}[\p{L}\p{N}_%+-])?`
const ADDRESS = RegExp(
  String.raw`(?<![\p{L}\p{N}._%+-])${LOCAL}${AT}(?:[\p{L}\p{N}-]{1,63}${DOT}){1,6}\p{L}{2,24}(?![\p{L}\p{N}_])`,
  'gu',
)
/** "Anna dot berg at example dot com". */
const SPOKEN = RegExp(
  String.raw`(?<![\p{L}\p{N}._%+-])(?:${LOCAL}\sdot\s){0,3}${LOCAL}\sat\s(?:[\p{L}\p{N}-]{1,63}\sdot\s){1,4}\p{L}{2,24}(?![\p{L}\p{N}_])`,
  'gu',
)
const LABEL = /\b(?:e-?mails?|mail(?:ed)?|address|write|reach|contact)\b[^.!?]*$/i
const MAYBE = /@|&#64;|&commat;|%40|\bat\b/i
/** "logo@2x.png" is a file. */
const FILE = /\.(?:png|jpe?g|gif|svg|webp)$/i

/** E-mail addresses, "anna [at] example [dot] org" and "anna.berg at example dot org" too. */
export const emails: Finder = (text) => {
  if (!MAYBE.test(text)) return []
  const written = matches(text, ADDRESS, isAddress)
  const spoken = / dot /.test(text)
    ? matches(text, SPOKEN, (said, start) => isAddress(said) && isMeant(said, before(text, start)))
    : []
  return [...written, ...spoken]
}

/** An address without what disguises it. */
export function plainAddress(address: string): string {
  return address
    .replace(RegExp(String.raw`${AT}|\sat\s`), '@')
    .replaceAll(RegExp(String.raw`${DOT}|\sdot\s`, 'g'), '.')
}

function isAddress(address: string): boolean {
  const plain = plainAddress(address)
  return validator.isEmail(plain) && !FILE.test(plain)
}

/** "Look at example dot com" names a site: what stands before "at" must look like a name of a mailbox, or be called an address. */
function isMeant(said: string, label: string): boolean {
  const [local = ''] = said.split(/\sat\s/)
  return /[._\d-]|\sdot\s/.test(local) || (LABEL.test(label) && contentWordsOf(local).length > 0)
}
