/** How an order that takes over is worded in one language. */
export interface Wording {
  /** What sets earlier instructions aside, or speaks as someone in charge; of every place. */
  readonly seize: RegExp
  /** What to answer: the first group that matched holds it. */
  readonly order: RegExp
  /** What asks for the instructions themselves. */
  readonly leak: RegExp
}

export const ENGLISH: Wording = {
  seize:
    /\b(?:ignore|disregard|forget|override|skip)\b[^.\n]{0,40}\b(?:instructions?|rules|prompt|directions|guidelines|above|previous)\b|\bnew (?:instructions?|task)\s*:|\bsystem (?:override|message|note)\b|\bnote to the (?:ai|model|assistant)\b|\byou (?:must|are) now\b/gi,
  order:
    /\b(?:say|reply|respond|answer|output|print|write|return)\b(?:\s+(?:with|only|just|exactly|that|the (?:word|words|text|phrase|label)))*[\s:,]*(?:"([^"\n]{1,120})"|'([^'\n]{1,120})'|“([^”\n]{1,120})”|([^\n.!"]{1,80}))/i,
  leak: /\b(?:reveal|print|repeat|show|output|quote|tell me)\b[^.\n]{0,40}\b(?:system prompt|instructions|prompt above)\b/i,
}

const QUOTED = String.raw`(?:["“”„«‹'「『]\s*([^"“”„«»‹›'「」『』\n]{1,120}?)\s*["“”»›'」』]|([^\s.,;!?。、！]{3,60}))`

function wording(seize: string, order: string, leak: string): Wording {
  return {
    seize: new RegExp(seize, 'giu'),
    order: new RegExp(`(?:${order})[\\s:：,]*${QUOTED}`, 'iu'),
    leak: new RegExp(leak, 'iu'),
  }
}

const GAP = String.raw`[^.\n]{0,40}`

/** A few phrases of each: what an order to set the rules aside is commonly worded like. */
export const FOREIGN: readonly Wording[] = [
  wording(
    `(?:ignorier|vergiss|missacht)\\p{L}{0,12}${GAP}(?:anweisung|regel|vorgabe|instruktion)`,
    String.raw`(?:antworte|schreibe?|sage?|gib)(?: Sie)?(?: bitte)?(?: nur| ausschließlich| lediglich| einzig)*(?: noch)?(?: mit)?(?: dem Wort| den Worten| dem Text)?`,
    `(?:zeig|nenn|wiederhol|gib)\\p{L}{0,12}${GAP}(?:systemprompt|system-prompt|anweisungen)`,
  ),
  wording(
    `(?:ignore[zr]?|oublie[zr]?)${GAP}(?:instructions|consignes|règles)`,
    String.raw`(?:réponde?[sz]|répondre|écri(?:s|vez|re)|dites|dis)(?: uniquement| seulement| simplement| exactement)*(?: par| avec)?(?: le mot| les mots| le texte)?`,
    `(?:révèle|affiche|répète|montre)\\p{L}{0,12}${GAP}(?:instructions|consignes|prompt système)`,
  ),
  wording(
    `(?:ignora|olvida|descarta)\\p{L}{0,12}${GAP}(?:instrucciones|reglas|indicaciones)`,
    String.raw`(?:responde|responda|contesta|conteste|escribe|escriba|di)(?: únicamente| solamente| solo| sólo| exactamente)*(?: con)?(?: la palabra| las palabras| el texto)?`,
    `(?:revela|muestra|repite|imprime)\\p{L}{0,12}${GAP}(?:instrucciones|prompt del sistema)`,
  ),
  wording(
    `(?:ignora|dimentica|trascura)\\p{L}{0,12}${GAP}(?:istruzioni|regole|indicazioni)`,
    String.raw`(?:rispondi|risponda|scrivi|scriva|di')(?: soltanto| solamente| solo| esclusivamente)*(?: con)?(?: la parola| le parole| il testo)?`,
    `(?:rivela|mostra|ripeti)\\p{L}{0,12}${GAP}(?:istruzioni|prompt di sistema)`,
  ),
  wording(
    `(?:ignor|esqueç|desconsider)\\p{L}{0,12}${GAP}(?:instruções|regras|orientações)`,
    String.raw`(?:responda|responde|escreva|escreve|diga)(?: apenas| somente| só| unicamente)*(?: com)?(?: a palavra| as palavras| o texto)?`,
    `(?:revel|mostr|repit)\\p{L}{0,12}${GAP}(?:instruções|prompt do sistema)`,
  ),
  wording(
    `(?:negeer|vergeet)${GAP}(?:instructies|regels|aanwijzingen)`,
    String.raw`(?:antwoord|schrijf|zeg)(?: alleen| enkel| uitsluitend| slechts)*(?: nog)?(?: met)?(?: het woord| de woorden| de tekst)?`,
    `(?:toon|herhaal|onthul)${GAP}(?:instructies|systeemprompt)`,
  ),
  wording(
    `(?:zignoruj|pomiń|zapomnij)\\p{L}{0,12}${GAP}(?:instrukcj|polece|zasad)`,
    String.raw`(?:odpowiedz|napisz|powiedz)(?: tylko| wyłącznie| jedynie)*(?: słowem| słowami| tekstem)?`,
    `(?:ujawnij|pokaż|powtórz)${GAP}(?:instrukcj|polecenia)`,
  ),
  wording(
    `(?:игнориру|проигнориру|забуд|не обраща)\\p{L}{0,12}${GAP}(?:инструкци|указани|правил)`,
    String.raw`(?:ответь|ответьте|напиши|напишите|скажи)(?: только| лишь| исключительно)*(?: словом| словами| текстом)?`,
    `(?:покажи|раскрой|повтори)\\p{L}{0,12}${GAP}(?:инструкци|системн)`,
  ),
  wording(
    '(?:忽略|无视|忘记)[^。\\n]{0,20}(?:指令|指示|说明|规则)',
    '(?:只|仅)?(?:回复|回答|输出|写)(?:以下内容|一句话|这个词)?',
    '(?:显示|透露|重复|输出)[^。\\n]{0,12}(?:系统提示|指令)',
  ),
  wording(
    '(?:指示|命令|ルール|指令)[^。\\n]{0,20}(?:無視|忘れ)',
    '(?:次のように|以下のように|ただ)?(?:返答|回答|出力)(?:は|：|:)(?:ただ|必ず)?',
    '(?:システムプロンプト|指示)[^。\\n]{0,12}(?:表示|教え|繰り返)',
  ),
]

/** A game or a part to play, in which the rules are said not to hold. */
export const ROLE_PLAY =
  /\b(?:pretend|imagine|let(?:'|’)?s play|let us play|role-?play|act as|play the (?:part|role)|in this (?:game|story|scene)|you are (?:an? )?[^.\n]{1,40}(?:without|with no|free of) (?:any )?(?:rules|restrictions|limits))\b/gi

/** Somebody in charge speaks to whoever reads this by machine. */
export const ADDRESSED =
  /\b(?:assistants?|language models?|chatbots?|llms?|ai (?:systems?|agents?|readers?|tools?))\b[^.\n]{0,90}?\b(?:must|shall|have to|has to|needs? to|(?:are|is) (?:required|obliged|instructed|ordered|asked) to|please|(?:are|is) to)\b/gi

/** The marks of a turn, or of the end of the data, that are none. */
export const FAKE_TURN =
  /^\W{0,4}(?:system|assistant|developer)\s*(?:prompt|message)?\s*\]?:|\[\/?(?:inst|system|data)\]|<<\/?sys>>|<\|[a-z_]{2,20}\|>|<\/?(?:system|instructions?|data|documents?|context|tool_result|developer)>|-{3,40} ?end of|={3,40} ?end of/gim

/** An answer that is ordered word for word: the first group that matched holds it. */
export const VERBATIM =
  /\b(?:say|reply|respond|answer|output|print|write|return)\b[^.\n"“]{0,60}?(?:"([^"\n]{1,120})"|“([^”\n]{1,120})”)/i

/** What somebody in charge wants done with the customer, not said word for word: how it goes on, and what. */
export const ERRAND =
  /\b(?:tell|inform|advise|instruct|ask|direct|refer|remind)\s+(?:(?:the|all|every|each|this|any) )?(?:customers?|users?|buyers?|readers?|person|people|them)\s+(?:(that|to)\s+)?((?:[^\n.]|\.(?=\S)){4,160})/i

/** A line that is to stand beside the answer: the first group that matched holds it. */
export const BESIDES =
  /\b(?:(?:end|finish|begin|start|close|sign|conclude)\b[^.\n]{0,40}\b(?:with|by)|(?:add|append|include|insert|attach)\b)(?:\s+(?:adding|the (?:word|words|text|phrase|line|code|sentence|note|link)|this (?:line|sentence|note)|exactly))*[\s:,]*(?:"([^"\n]{1,160})"|'([^'\n]{1,160})'|“([^”\n]{1,160})”|([^\s.,;!]{4,60}))/i
