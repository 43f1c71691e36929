/**
 * General English words by the mood they carry, from -3 to 3. Stems are found for -s, -ed, -ing, -ly, so base forms suffice.
 * This is all the model "knows" of English before it has read a prompt, and the words are general ones.
 */
export const ENGLISH: Readonly<Record<string, string>> = {
  '3': `amazing awesome best brilliant delighted ecstatic excellent exceptional extraordinary fabulous fantastic
    flawless gorgeous incredible love magnificent marvellous marvelous outstanding overjoyed perfect phenomenal
    sensational spectacular splendid stunning stellar superb terrific thrilled unbeatable wonderful wow`,
  '2': `admire adore amused attentive beautiful bless blessed bravo celebrate charming cheerful cherish commend
    compliment congratulation congrats considerate courteous dazzling delicious delight delightful eager elegant
    enchanted enjoy enjoyable enthusiastic excited exciting fun generous glad gem grateful gratitude great happy
    helpful heartwarming honored honoured impeccable impressed impressive inspired inspiring joy joyful kindness
    lovely loyal lucky masterpiece memorable pleasant pleased pleasure praise proud recommend refreshing rejoice
    relieved remarkable satisfied seamless smile spotless success superior sweet talented tasty thankful thoughtful
    treasure triumph victory warmhearted welcoming win winner yummy effortless hooray yay applause exceed flawlessly
    rave lifesaver godsend
    adorable angel brilliance bliss cuddly dream divine elated flourish genius glorious heaven
    heavenly hero hilarious highlight laugh legend magic magical noble paradise passion radiant romantic
    sparkle star thrive tremendous unforgettable wonder gracious caring`,
  '1': `accurate affordable agree appreciate appreciation approve attractive benefit better bonus brave bright calm
    capable clean clever comfortable comfy convenient cool cosy cozy decent dependable durable     effective efficient fair favorite favourite fine fresh friendly gentle good handy healthy honest     ideal improve improved improvement interesting intuitive nice neat organised organized patient
    polite positive prompt promptly reasonable recover reliable relief resolve resolved
    respect responsive robust sharp sleek smooth solid solved speedy stable stylish     supportive sturdy surprised thank thanks tidy timely trust trustworthy useful valuable versatile     welcome worth worthwhile keen cheers bargain gift upgrade spacious crisp
    easy easily fast safe hope care like kind well works quick warm smoothly happily friend hug grow
    relax rest spare pretty peaceful polished praised promising rich sincere skilled steady truthful
    vivid willing wise wish admirable agile award blossom fan grin healthier helped luck luxury moving
    popular progress rewarding sunny sure tender trustful cheerfully forgive forgiven nicely
    warmth tact`,
  '0': `likely unlikely lately career kinder issuer limited shortly directly kindly later latest letter matter former needless goods older longer lower
    hardly badly lightly closely freely yours sincerely faithfully`,
  '-1': `absent afraid alas ambiguous awkward bland boring bother bug bulky busy careless cheap cold complex
    complicated concern concerned confuse confused confusing costly crack cramped damp dated delay delayed
    difficult dim dirty disagree doubt drop dull empty error excessive expensive fade faint fee flimsy forget
    forgot fragile hard harsh heavy hesitant incomplete inconvenience inconvenient inconsistent incorrect issue
    lack lag late leak lonely lose loose loss lost mediocre messy mess minor miss missing mistake
    negative nervous noise noisy odd overdue overheat pity plain pricey problem puzzled refuse regret reject
    repetitive rough sad scratch scratched slow slower sluggish smell sorry stain stained sticky stiff strange stuck
    tedious tired tiresome tricky trouble unavailable uncertain unclear uncomfortable uneven unexpected
    unfinished unfortunate unfortunately unhappy unsure vague weak weird worried worry wrong stale dent dented
    noisily unanswered waited oversight creak wobble wobbly mould stress stressful
    apology apologise apologize backlog bitter burn cancel clumsy colder crowded cruel curse dark debt
    demand dodgy doubtful down dread dusty exhaust expire expired false fault freeze frozen froze frown
    gripe guess ill itchy mad miserly mouldy nag nasty needless neglected nuisance
    outage overcrowded overpaid penalty queue rain rash reluctant rust rusty rusted scare shrug sigh
    sore sour spill spilt spilled stolen struggle stuffy sulk tear threaten thin tight trap unpaid
    urgent vanish vanished wear weary worn wound`,
  '-2': `abandon abrupt abuse ache aggressive alarming angry annoy annoyed annoying anxious appalled argue ashamed
    bad blame broke broken bitter burden cancelled careless clumsy collapse complain complaint condescending
    crash cry damage damaged dangerous dead deceive deceptive defect defective defeat deny depressing desperate
    destroy deteriorate disagreeable disappoint disappointed disappointing disappointment discourage dismal
    dismissive displeased dispute dissatisfied distress disturb dreadful embarrassed embarrassing exhausted
    exhausting fail failed failure fake faulty fear filthy flaw flawed frustrate frustrated frustrating
    frustration greedy grim guilty hassle hostile hurt ignorant ignore ignored impatient impolite inadequate
    incapable incompetent inferior infuriate insecure insulting irresponsible irritated irritating jam
    lazy letdown lie malfunction mislead misleading mistreat neglect nonsense obnoxious offended offensive
    outdated overcharge overcharged overpriced overwhelmed pain painful pathetic poor poorly problematic refund
    reckless regrettable resent rip ripped rubbish rude ruin ruined sceptical shabby shame shoddy shock shocked
    sick sloppy stolen stupid substandard suffer suspicious terrible torn trash ugly unacceptable unbearable
    uncaring underwhelming unfair unfriendly unhelpful unpleasant unprofessional unreliable unresolved unsafe
    unsatisfactory unusable unwilling upset useless violate waste wasted worse worthless wreck wrecked
    agony alarm betray bleed cheat cross crook cruelty danger deadlock death despair died
    dishonest downtime dread dreaded explode evil frighten frightened gloomy grief
    harm harmful helpless hopelessly humiliate ignoring injure injured injury kill killed killing leaky
    loathe mock mould panic poison pointless punish rage rob robbed rot rotten scream
    shouted shout smash smashed smell smoke starve steal stink stinks sue suffering sulking terrified
    threat trauma treachery unwell victim worry yell rot disrespect disrespectful     abandoned deaf`,
  '-3': `abysmal appalling atrocious awful catastrophe catastrophic deplorable despicable despise diabolical disaster
    disastrous disgrace disgraceful disgust disgusted disgusting dreadful farce fraud fraudulent furious garbage
    ghastly hate hateful hell hellish hideous horrendous horrible horrific horrified horrifying hopeless
    inexcusable infuriated infuriating insult intolerable joke laughable livid lousy ludicrous miserable misery
    nightmare outrage outraged outrageous repulsive ridiculous scam scandalous shambles shameful shocking
    thieves thief torture tragic unforgivable vile worst wretched`,
}

/** Words that turn the mood of what follows them. */
export const NEGATIONS: ReadonlySet<string> = new Set(
  `not no never none nobody nothing neither nor cannot without hardly barely scarcely isn't wasn't aren't weren't
  don't doesn't didn't won't wouldn't can't couldn't shouldn't hasn't haven't hadn't ain't
  nicht kein keine keinen keinem nie niemals ohne nichts pas jamais aucun aucune sans ni nunca ningún ninguna sin
  non mai nessun nessuna senza não nem nenhum sem niet geen nooit zonder nie nigdy bez не нет ни никогда без`.split(
    /\s+/,
  ),
)

/** Words that strengthen (above 1) or soften (below 1) the next one. */
export const DEGREES: ReadonlyMap<string, number> = new Map([
  ...words(
    `very really so extremely absolutely totally completely incredibly utterly truly deeply highly
    exceptionally such too sehr wirklich absolut total vraiment très tellement muy realmente tan molto davvero
    muito realmente heel erg zeer bardzo очень`,
    1.5,
  ),
  ...words(
    `slightly somewhat fairly rather bit little quite pretty mildly almost kinda sort etwas ein wenig
    plutôt assez un peu poco algo abbastanza um pouco beetje trochę немного`,
    0.6,
  ),
])

/** Words after which a second, opposite view is to be expected. */
export const CONTRASTS: ReadonlySet<string> = new Set(
  `but however although though yet nevertheless nonetheless unfortunately despite except otherwise whereas while
  aber jedoch obwohl allerdings leider trotzdem mais cependant pourtant malgré toutefois pero sino aunque embargo
  ma però tuttavia purtroppo mas porém embora contudo maar echter helaas toch ale jednak niestety но однако хотя`.split(
    /\s+/,
  ),
)

function words(list: string, factor: number): [string, number][] {
  return list.split(/\s+/).map((word) => [word, factor])
}
