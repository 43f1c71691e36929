/**
 * How a reply says that it will not: by language. A phrase needs the one who refuses, the refusal and what is refused, so that "I cannot
 * stress enough" is none. "I" is the model; "we" is mostly the business it speaks for, whose rules are no refusal ("we cannot refund"), so
 * that after "we" it takes a word for helping or answering. Gaps are bounded and stay inside a clause: matching takes linear time.
 * Apostrophes are straight by then.
 */
const CLAUSE = String.raw`[^.,!?;:\n]`

/** What follows a verb where something is merely not known, or is meant as praise: "tell you when", "give an exact date", "recommend it enough". */
const NOT_KNOWN = String.raw`(?! (?:(?:you|it|this|that|him|her|them) )?(?:how(?! to\b)|why|when|whether|if|exactly|for (?:sure|certain)|with certainty|(?:an?|any|the) (?:exact|precise|definite|definitive|firm|reliable|specific|better)|(?:\w+ ){0,8}enough\b))`
const HELP = 'help|assist|aid|comply|oblige|accommodate (?:that|this|your|such)'
const SUCH = '(?:that|this|these|those|such|your|the|any)'
const INSTRUCTIONS = String.raw`(?:my|these|those|the|any|your|such|previous)? ?(?:\w+ ){0,2}(?:instructions?|guidelines|rules|restrictions?|safeguards|orders|commands?|directives?|requests?|role|prompt)`
const DO = [
  HELP,
  // Not from what it was given: then it does not know.
  String.raw`answer(?!${CLAUSE}{0,60} (?:based on|from|using|with|without) (?:the|this|that|these|those|what|only|more)\b)`,
  'provide|share|disclose|reveal|divulge|discuss|respond|fulfil+|do (?:that|this|so|it|any)|give|create|write|generate|produce|offer|support|engage|participate',
  'advise|show|continue|facilitate|release|describe|explain|draft|grant|honou?r|repeat|print|output|talk about|obey|execute|perform|act on|recommend|endorse|encourage|promote|condone',
  'impersonate|role-?play|pretend to be|glorify|bypass|circumvent|translate|summari[sz]e|reproduce|predict|diagnose|prescribe|fabricate',
  'tell (?:you|anyone|anybody|jokes|such)|go into (?:that|this|these|those|such)|make (?:that|this|such|jokes?|fun|up|any|an?)|run (?:that|this|such|commands?|code)',
  `(?:complete|process|handle|carry out|take part in) ${SUCH} (?:request|task|action|kind|sort|type|operation|instructions?)`,
  `(?:follow|ignore|override|disregard|change|alter|forget|set aside) ${INSTRUCTIONS}`,
  String.raw`identify (?:\w+ ){0,2}(?:people|persons?|individuals?|anyone|someone)`,
].join('|')
const REFUSE_TO = `(?:${DO})${String.raw`\b`}${NOT_KNOWN}(?! (?:but|feeling|noticing|thinking|wondering)${String.raw`\b`})`
/** "I won't share your address" is a promise. */
const PROMISE = String.raw`(?!(?:won't|will not) (?:share|disclose|reveal|release) (?:any of )?your\b)`
const HOW = String.raw`(?:directly |ethically |legally |in good (?:conscience|faith) |and (?:won't|will not) |really |simply |actually |fully |knowingly |currently )*(?:\w+ or )?`
const SOFTLY = '(?:really |simply |just |also |therefore |unfortunately )?'
const CANNOT = `${PROMISE}(?:can't|cannot|can not|shouldn't|should not|won't(?: be able to)?|will not(?: be able to)?)`
const NOT_ABLE =
  '(?:not able to|unable to|not allowed to|not permitted to|not authori[sz]ed to|not willing to|not going to(?: be able to)?|not in a position to|not (?:designed|programmed|built|trained|qualified|meant|intended) to)'
const RULES = String.raw`(?:\w+ )?(?:guidelines|polic(?:y|ies)|programming|principles|instructions|rules|training)`
const ENGLISH = [
  String.raw`\bI ${SOFTLY}${CANNOT} ${HOW}${REFUSE_TO}`,
  String.raw`\bI(?:'m| am) ${SOFTLY}${NOT_ABLE} ${HOW}${REFUSE_TO}`,
  String.raw`\bwe(?: ${SOFTLY}${CANNOT}|(?: are|'re) ${SOFTLY}${NOT_ABLE}) ${HOW}(?:${HELP}|(?:answer|respond to|fulfil+|discuss|support) (?:that|this|these|such|your request)|do (?:that|this|so))\b`,
  String.raw`\bI (?:can't|cannot|won't|will not)(?=\s*(?:[.!]|$))`,
  String.raw`\bI(?:'ll| will|'m going to| am going to)? ?(?:must|have to|need to|would have to)? ?(?:respectfully |politely |kindly )?(?:decline|refuse|(?<=have to |need to |must )(?:turn (?:that|this|it) down|turn down|say no to (?:this|that)))\b(?! rates?\b)|\bI(?:'m| am) (?:declining|refusing)\b`,
  String.raw`\bI(?:'ll| will|'m going to| am going to) (?:have to )?pass on (?:this|that)(?: one)?(?=\s*(?:[.,!;]|$))`,
  String.raw`\bI(?:(?:'m| am) not| (?:don't|do not) feel) comfortable(?=\s*(?:[.,!]|$)| (?:with|\w+ing)\b)`,
  String.raw`\bI(?:'d| would) (?:rather|prefer) not\b(?! (?:to )?(?:guess|assume|speculate|wait|say yet)\b)`,
  String.raw`\bI (?:don't|do not) (?:provide|share|disclose|reveal|discuss|engage in|assist with)\b`,
  String.raw`\bI (?:don't|do not) (?:have (?:the )?(?:ability|permission|authority) to|(?:think|believe) I (?:can|could|should|ought to)) ${HOW}${REFUSE_TO}`,
  String.raw`\bI won't be (?:helping|assisting|providing|sharing|writing|answering|doing|creating|giving|discussing|engaging)\b`,
  String.raw`\bI(?:'m| am| can)? only (?:able to |here to )?(?:help|assist|answer|discuss|respond)(?: you)?(?: to| with)? (?:questions|topics|matters|requests|enquiries|inquiries|issues)\b`,
  String.raw`(?:\bnot|n't) something (?:that )?I(?: am|'m)? (?:can|able to|could|will|willing to|allowed to|going to) (?:${DO}|do)\b`,
  String.raw`\b(?:outside|beyond) (?:of )?(?:the scope of )?(?:what I(?: can|'m able to| am able to)|my (?:scope|role|remit))\b`,
  String.raw`\b(?:wouldn't|would not|isn't|is not) (?:be )?(?:appropriate|right|ethical|responsible) for me to\b|\b(?:inappropriate|unethical|irresponsible|wrong) for me to\b`,
  String.raw`\b(?:against|violates?|outside|contrary to) (?:my ${RULES}|(?:our|the) (?:content|usage|safety|use|ethical|community) (?:guidelines|polic(?:y|ies)))\b`,
  String.raw`\bmy ${RULES} (?:don't|do not|doesn't|does not|prevents?|prohibits?|forbids?)\b`,
  String.raw`^\W*(?:sorry,? (?:but )?)?(?:unable|not able) to (?:${HELP}|provide|answer|fulfil+|share|discuss)\b`,
  String.raw`\b(?:this|that|your) request (?:can't|cannot|can not) be (?:fulfil+ed|answered|honou?red)\b`,
]

const GERMAN_HELP =
  'helfen|weiterhelfen|behilflich|unterstützen|nachkommen|entsprechen|beantworten|eingehen|besprechen'
const GERMAN_DO = `${GERMAN_HELP}|geben|nennen|verraten|mitteilen|zur Verfügung|bereitstellen|teilen|preisgeben|erfüllen|erstellen|schreiben|offenlegen|weitergeben|herausgeben|machen|tun|ausführen|befolgen|anbieten|liefern|sagen|verfassen|Diagnosen? stellen`
/** After it something is not known, or not found. */
const GERMAN_NOT_KNOWN = String.raw`(?!,? (?:als|ohne|wann|ob|wie|warum|wo|welche[rsnm]?)\b)`
const GERMAN_NOT_FOUND = String.raw`(?!${CLAUSE}{0,60}\b(?:finden|sehen|erkennen|feststellen|ermitteln|lesen|prüfen|zu sagen)|, (?:das|den|die|es|ihn|sie)?${CLAUSE}{0,60}\b(?:finden|sehen|erkennen|festzustellen|lesen|prüfen)\b)`
const GERMAN = [
  String.raw`\b(?:ich (?:kann|darf|werde|möchte)|(?:kann|darf|werde|möchte) ich)\b${CLAUSE}{0,80}?\b(?:nichts?|keine[nrsm]?)\b(?! genau\b)${CLAUSE}{0,60}?\b(?:${GERMAN_DO})\b${GERMAN_NOT_KNOWN}`,
  String.raw`\b(?:wir (?:können|dürfen|werden)|(?:können|dürfen|werden) wir)\b${CLAUSE}{0,80}?\b(?:nicht|keine[nrsm]?)\b${CLAUSE}{0,60}?\b(?:${GERMAN_HELP})\b`,
  String.raw`\b(?:ich bin|bin ich)\b${CLAUSE}{0,40}?\bnicht (?:in der Lage|befugt|berechtigt|autorisiert|imstande)\b${GERMAN_NOT_FOUND}`,
  String.raw`\bmir\b${CLAUSE}{0,20}?\bnicht (?:möglich|gestattet|erlaubt)\b${GERMAN_NOT_FOUND}`,
  String.raw`\b(?:ich muss|muss ich)\b${CLAUSE}{0,60}?\bablehnen\b|\bich lehne (?:das|dies|es|diese|Ihre|deine)\b${CLAUSE}{0,60}?\bab\b|\bich (?:weigere mich|verweigere)\b`,
]

const FRENCH_HELP =
  'aider|assister|répondre|accéder à (?:votre|ta|cette)|satisfaire|donner suite|discuter|faire (?:cela|ça)'
const FRENCH_DO = `${FRENCH_HELP}|fournir|partager|divulguer|donner|communiquer|révéler|écrire|rédiger|créer|générer|continuer|traiter|dire|transmettre|proposer`
const FRENCH_TO = "(?:(?:vous|te|le|la|les|lui|y|en) |[tl]')?(?:(?:le|la|les|lui|en) )?"
const FRENCH_NOT_FOUND = String.raw`(?!${CLAUSE}{0,20} (?:de |d')(?:l'|la |le |les )?(?:trouver|voir|lire|vérifier|déterminer|savoir|accéder à (?:internet|l'image)))`
const FRENCH_NOT_KNOWN = '(?! (?:exactement|précisément|avec certitude|quand|si|où|comment|pourquoi|quel))'
const FRENCH = [
  String.raw`\bje (?:ne |n')?(?:peux|puis|vais|veux|dois) (?:malheureusement |hélas )?pas(?:,? malheureusement,?)? ${FRENCH_TO}(?:${FRENCH_DO})${FRENCH_NOT_KNOWN}`,
  String.raw`\bnous ne (?:pouvons|allons|devons) (?:malheureusement )?pas ${FRENCH_TO}(?:${FRENCH_HELP})`,
  String.raw`\bje ne suis (?:malheureusement )?pas (?:en mesure|autorisée?|habilitée?|capable)(?!\p{L})${FRENCH_NOT_FOUND}`,
  String.raw`\bil (?:ne )?m'est (?:malheureusement )?(?:impossible|interdit|pas (?:possible|permis))${FRENCH_NOT_FOUND}`,
  String.raw`\bje (?:refuse de|dois (?:malheureusement )?(?:refuser|décliner)|ne saurais|préfère ne pas)\b`,
]

const SPANISH_HELP = 'ayudar|asistir|responder|contestar|cumplir|atender|hacer (?:eso|esto)|hacerlo|hablar de'
const SPANISH_DO = `${SPANISH_HELP}|proporcionar|compartir|revelar|dar|divulgar|ofrecer|facilitar|escribir|crear|generar|continuar|decir|redactar|mostrar`
const SPANISH_NOT_KNOWN = String.raw`(?!\p{L}*,? (?:exactamente|con exactitud|con certeza|cuándo|si|dónde|cómo|por qué|cuál))`
const SPANISH_NOT_FOUND = '(?! (?:encontrar|ver|leer|comprobar|determinar|saber|localizar))'
const SPANISH = [
  String.raw`\bno (?:puedo|voy a|debo|quiero) (?:(?:te|le|les|os|lo|la) )?(?:${SPANISH_DO})${SPANISH_NOT_KNOWN}`,
  String.raw`\bno (?:podemos|vamos a) (?:(?:te|le|les|os|lo|la) )?(?:${SPANISH_HELP})`,
  String.raw`\bno estoy (?:autorizad[oa]|en condiciones|capacitad[oa]|facultad[oa])\b|\bno me (?:es posible|está permitido)${SPANISH_NOT_FOUND}`,
  String.raw`\bme niego a\b|\bdebo (?:rechazar|declinar|negarme)\b|\blamento no poder\b|\bprefiero no (?:${SPANISH_DO})`,
]

const ITALIAN_HELP = 'aiutar|assister|risponder|soddisfar|fare questo|farlo|parlar'
const ITALIAN_DO = `${ITALIAN_HELP}|fornir|condivider|rivelar|divulgar|dar[et]|dare|scriver|crear|generar|continuar|dir[et]|comunicar|offrir|mostrar`
const ITALIAN_NOT_KNOWN = String.raw`(?!\p{L}*,? (?:esattamente|con (?:esattezza|certezza)|quando|se|dove|come|perché|quale))`
const ITALIAN_NOT_FOUND = '(?! (?:di )?(?:trovar|veder|legger|verificar|determinar|saper))'
const ITALIAN = [
  String.raw`\bnon (?:posso|intendo|voglio) (?:(?:ti|vi|le|la|lo) )?(?:${ITALIAN_DO})${ITALIAN_NOT_KNOWN}`,
  String.raw`\bnon possiamo (?:(?:ti|vi|le|la|lo) )?(?:${ITALIAN_HELP})`,
  String.raw`\bnon sono (?:purtroppo )?(?:in grado|autorizzat[oa]|abilitat[oa])\b${ITALIAN_NOT_FOUND}`,
  String.raw`\bnon mi è (?:possibile|consentito|permesso)\b${ITALIAN_NOT_FOUND}|\bmi rifiuto di\b|\bdevo (?:purtroppo )?(?:rifiutare|declinare)\b|\bpreferisco non (?:${ITALIAN_DO})`,
]

const PORTUGUESE_HELP = 'ajud|auxiliar|responder|atender|cumprir|fazer isso|fazê-lo|discutir'
const PORTUGUESE_DO = `${PORTUGUESE_HELP}|fornecer|compartilhar|partilhar|revelar|divulgar|dar|escrever|criar|gerar|continuar|dizer|prestar|mostrar`
const PORTUGUESE_NOT_KNOWN = String.raw`(?![\p{L}-]*,? (?:exatamente|com (?:exatidão|certeza)|quando|se|onde|como|por que|qual))`
const PORTUGUESE_NOT_FOUND = '(?! (?:de )?(?:encontrar|ver|ler|verificar|determinar|saber|localizar))'
const PORTUGUESE = [
  String.raw`(?<!\p{L})não (?:posso|consigo|vou|devo|quero) (?:(?:te|lhe|o|a|lhes) )?(?:${PORTUGUESE_DO})${PORTUGUESE_NOT_KNOWN}`,
  String.raw`(?<!\p{L})não podemos (?:(?:te|lhe|o|a|lhes) )?(?:${PORTUGUESE_HELP})`,
  String.raw`(?<!\p{L})não (?:estou (?:autorizad[oa]|em condições)|sou capaz|me é (?:possível|permitido))(?!\p{L})${PORTUGUESE_NOT_FOUND}`,
  String.raw`\b(?:recuso-me a|me recuso a|devo recusar|tenho de recusar|tenho que recusar|prefiro não (?:${PORTUGUESE_DO}))`,
]

const DUTCH_HELP = 'helpen|beantwoorden|bespreken|voldoen|ondersteunen|assisteren|meewerken'
const DUTCH_DO = `${DUTCH_HELP}|delen|geven|verstrekken|onthullen|schrijven|maken|vertellen|doen|bieden|verlenen|prijsgeven|leveren`
const DUTCH_NOT_KNOWN = String.raw`(?!,? (?:wanneer|of|hoe|waarom|waar|welke)\b)`
const DUTCH_NOT_FOUND = String.raw`(?!${CLAUSE}{0,60}\b(?:vinden|zien|lezen|controleren|bepalen)\b)`
const DUTCH = [
  String.raw`\b(?:ik (?:kan|mag|zal|ga)|(?:kan|mag|zal|ga) ik)\b${CLAUSE}{0,80}?\b(?:niet|geen)\b(?! precies\b)${CLAUSE}{0,60}?\b(?:${DUTCH_DO})\b${DUTCH_NOT_KNOWN}`,
  String.raw`\b(?:(?:kunnen|mogen|zullen) we|we (?:kunnen|mogen|zullen))\b${CLAUSE}{0,80}?\b(?:niet|geen)\b${CLAUSE}{0,60}?\b(?:${DUTCH_HELP})\b`,
  String.raw`\bik ben\b${CLAUSE}{0,30}?\bniet (?:in staat|bevoegd|gemachtigd|gerechtigd)\b${DUTCH_NOT_FOUND}|\bmij\b${CLAUSE}{0,20}?\bniet (?:toegestaan|mogelijk)\b${DUTCH_NOT_FOUND}`,
  String.raw`\bik (?:moet (?:dit|dat|uw|je|jouw|deze)?${CLAUSE}{0,40}?weigeren|weiger)\b`,
]

export const REFUSAL_PHRASES: readonly RegExp[] = [
  ENGLISH,
  GERMAN,
  FRENCH,
  SPANISH,
  ITALIAN,
  PORTUGUESE,
  DUTCH,
].map((phrases) => new RegExp(phrases.map((phrase) => `(?:${phrase})`).join('|'), 'giu'))
