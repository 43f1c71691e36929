/** Words that mean the same in business English, a group a line: paraphrase must stay supported. The first of a group stands for all. */
const DEEDS = `
begin starts start commence began begun
end terminate termination cancel cancellation expire expiry expiration
pay payment paid payable remit
cost price fee charge
buy purchase bought
sell sold
agreement contract lease
flat apartment
company firm business
require required requires need needs oblige obliged
monthly month months
yearly annual annually year years annum
weekly week weeks
daily day days
give gives given giving gave provide supply deliver delivery delivered
send sent
get receive obtain
keep kept hold held
notify notice notification notified notices
allow permit allowed permitted
forbid prohibit prohibited forbidden bar barred ban banned
help assist
large big
small little
increase rise rose rising risen grow grew
decrease fall fell falling fallen reduce drop
write written wrote writing
make made
take took taken
live reside
find found
build built
own owned owner ownership belong belongs
leave left
choose chose chosen
phone telephone
photo photograph picture
car vehicle automobile
child children
person people
refund reimburse reimbursement
return returns returned
locate located location based
show shows shown
say says said state states stated
use used uses using utilise utilize
`

/** Who and what: these words as they stand, and their plurals, since their stems are those of other words. */
const ROLES = `
buyer purchaser customer client
seller vendor supplier provider
tenant lessee renter
landlord lessor
employee staff worker personnel
doctor physician
party side
`

function groups(table: string): [word: string, first: string][] {
  return table
    .trim()
    .split('\n')
    .toReversed()
    .flatMap((group) => {
      const words = group.split(' ')
      return words.map((word): [string, string] => [word, words[0] ?? word])
    })
}

/** The first word of its group, by a word that may be stemmed. */
export const SYNONYMS: ReadonlyMap<string, string> = new Map(groups(DEEDS))

/** The first word of its group, by a word as it stands. */
export const ROLE_SYNONYMS: ReadonlyMap<string, string> = new Map(
  groups(ROLES).flatMap(([word, first]): [string, string][] => [
    [word, first],
    [word.replace(/y$/, 'ie') + 's', first],
  ]),
)
