/**
 * Turns of phrase whose mood the single words do not carry. `'` matches both apostrophes.
 * Weights are on the scale of the word list: -3 to 3.
 */
const MOODS: Readonly<Record<string, string>> = {
  '2.5': `over the moon | above and beyond | second to none | made my day | made our day | hats off | five
    stars | 5 stars | ten out of ten | 10/10 | could not be happier | couldn't be happier | life saver |
    a joy | keep up the | blown away | went out of | worth every penny | can't thank you enough | cannot
    thank you enough`,
  '1.5': `thank you so much | thanks so much | many thanks | look forward to | looking forward to | can't
    fault | cannot fault | well done | no complaints | no problems | no issues | as good as new | big
    help | great help | worked first time | saved me | saved us | right first time | will be back |
    order again | buy again | well worth | as promised | ahead of schedule | earlier than expected |
    better than expected | could not ask for | at ease | couldn't ask for | pleasantly surprised | won
    us over | hit the spot | to the rescue | tell my friends`,
  0: `as well | as soon as | no later than | free of charge | well as | best regards | thank you for
    contacting | in good time | no need | or so | at best | like this | looks like | feel like | seems
    like | something like | like to know | lost property | would like | i'd like | we'd like | please
    like | if possible | how well | such as`,
  '-1.5': `still waiting | still no | no reply | no response | no answer | not yet | let down | fed up | gave
    up | give up | too long | too late | too much | too small | too big | second time | third time |
    fourth time | once again | yet again | not working | doesn't work | didn't work | won't start |
    won't turn | stopped working | fell apart | not happy | not good | not what | not as described |
    money back | never arrived | has not arrived | hasn't arrived | never received | on hold | no idea
    why | nobody knows | nobody can | no one can | no one has | left me | left us | had to chase |
    chasing | wrong size | wrong item | wrong address | turned away | out of order | falling apart`,
  '-2.5': `waste of time | waste of money | never again | last straw | sick of | fobbed off | not good enough |
    taking my business | cancel my | close my account | closing my account | small claims | trading
    standards | my lawyer | legal action | chargeback | demand a | had enough | how dare | beyond a joke
    | avoid at all | an absolute joke | ashamed of yourselves | steer clear | one star | 1 star | worst
    of all | rip off | rip-off`,
}

/** Turns of phrase that betray irony once the words around them are kind and the matter is not. */
const IRONY = `just what i | exactly what i needed | oh great | oh good | oh joy | how lovely | how nice | how
  thoughtful | how generous | how kind | what a surprise | what a treat | thanks for nothing | slow
  clap | bravo | congratulations on | well done | i'm sure | truly impressive | quite an achievement |
  what a joy | thrilled to | lucky me | silly me | wie nett | na toll | herzlichen glückwunsch |
  quelle surprise | qué sorpresa | nothing says | round of applause | nice touch | thanks ever so |
  a real treat | who needs`

/** Closing and opening courtesies: kind words that say nothing. */
export const COURTESIES = new RegExp(
  [
    String.raw`\b(?:many )?thanks?(?: you)?(?: very much)? (?:in advance|for your (?:time|help|reply|attention|message|email|understanding)|and (?:kind |best )?regards)`,
    String.raw`\b(?:with )?(?:kind|best|warm|kindest|warmest) (?:regards|wishes)`,
    String.raw`\b(?:yours|sincerely|faithfully|truly) (?:sincerely|faithfully|truly|yours)`,
    String.raw`\bhope (?:this|that|you|all)\b[^.!?\n]{0,24}\b(?:well|finds you)`,
    String.raw`\b(?:good (?:morning|afternoon|evening|day)|please find|would like|if you like|feel free|well received)`,
    String.raw`\b(?:mit freundlichen grüßen|vielen dank im voraus|freundliche grüße|viele grüße|guten (?:tag|morgen))`,
    String.raw`\b(?:bien cordialement|merci d'avance|bien à vous|bonne journée|bonne réception|veuillez agréer)`,
    String.raw`\b(?:buenos días|buenas tardes|gracias de antemano|un saludo|buongiorno|grazie in anticipo|bom dia|boa tarde)`,
    String.raw`\b(?:met vriendelijke groet(?:en)?|alvast (?:bedankt|dank)|dzień dobry|с уважением|заранее спасибо)`,
    String.raw`^(?:many thanks|thanks|thank you|cheers|(?:all the )?best|warmly|with thanks|danke|merci|gracias|grazie|bedankt|obrigad[oa]),?\s*$`,
    String.raw`\b(?:liebe grüße|cordiali saluti|distinti saluti|please accept|dear sir|tell me whether)`,
    String.raw`\bsorry (?:to (?:bother|trouble|disturb)|for the (?:late|short|slow))`,
  ].join('|'),
  'gimu',
)

/** First word of a phrase to the phrases that begin with it, so that a text is read once. */
export type PhraseBook = ReadonlyMap<
  string,
  readonly { readonly words: readonly string[]; readonly weight: number }[]
>

/** Every phrase with its mood; an ironic one has weight NaN and is only counted. */
export const PHRASES: PhraseBook = book()

function book(): PhraseBook {
  const pages = new Map<string, { words: string[]; weight: number }[]>()
  const add = (phrase: string, weight: number): void => {
    const words = phrase.trim().split(/\s+/)
    const first = words[0] ?? ''
    pages.set(first, [...(pages.get(first) ?? []), { words, weight }])
  }
  for (const [weight, phrases] of Object.entries(MOODS))
    for (const phrase of phrases.split('|')) add(phrase, Number(weight))
  for (const phrase of IRONY.split('|')) add(phrase, Number.NaN)
  return pages
}
