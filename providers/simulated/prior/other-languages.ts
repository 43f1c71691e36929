/** Words of other languages by the mood they carry: a small travelling vocabulary, word forms as they are written. */
export const OTHER_LANGUAGES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  german: {
    '2.5': `großartig grossartig ausgezeichnet hervorragend fantastisch begeistert wunderbar perfekt toll super klasse
      spitze traumhaft einwandfrei vorbildlich liebe`,
    '1.5': `gut gute guter gutes zufrieden freundlich freundliche freue freuen gefreut schön schöne schnell schnelle
      hilfsbereit angenehm dankbar danke vielen dank empfehlen empfehle gelungen lecker hübsch prima bequem tadellos
      zuverlässig kompetent reibungslos besser gern gerne gratis kostenlos sauber liebevoll herzlich`,
    '-1.5': `schlecht schlechte langsam problem probleme verspätet verspätung leider schade fehler fehlt falsch falsche
      teuer unzufrieden kaputt defekt beschädigt beschwerde ärgerlich ärger enttäuscht enttäuschend enttäuschung
      mangelhaft mühsam niemand vergeblich unklar verärgert unfreundlich warte warten`,
    '-2.5': `furchtbar schrecklich katastrophe unverschämt unverschämtheit frechheit inakzeptabel miserabel entsetzt
      skandal nutzlos unmöglich zumutung betrug wütend`,
  },
  french: {
    '2.5': `excellent excellente parfait parfaite magnifique formidable génial géniale merveilleux merveilleuse ravi ravie
      superbe enchanté enchantée adore bravo impeccable`,
    '1.5': `bon bonne bien content contente satisfait satisfaite merci agréable rapide aimable gentil gentille joli
      jolie plaisir heureux heureuse utile efficace sourire recommande apprécie apprécié soigné délicieux`,
    '-1.5': `mauvais mauvaise problème problèmes retard lent lente cher chère erreur déçu déçue dommage malheureusement
      cassé cassée abîmé abîmée manque défaut décevant décevante difficile mécontent mécontente plainte attends
      regrette inquiet attente`,
    '-2.5': `horrible affreux affreuse catastrophe scandaleux scandaleuse inadmissible inacceptable honteux honteuse nul
      nulle arnaque lamentable furieux furieuse pire déplorable`,
  },
  spanish: {
    '2.5': `excelente perfecto perfecta maravilloso maravillosa fantástico fantástica genial encantado encantada increíble
      estupendo estupenda encanta magnífico`,
    '1.5': `bueno buena bien buen contento contenta satisfecho satisfecha gracias agradable rápido rápida amable feliz
      útil bonito bonita recomiendo alegra eficaz atento atenta felicidades precioso maravilla sonrisa `,
    '-1.5': `malo mala mal problema problemas retraso lento lenta caro cara error lamentablemente desgraciadamente roto
      rota dañado dañada falta defecto decepcionado decepcionada decepción decepcionante queja molesto molesta
      difícil triste espero esperando`,
    '-2.5': `horrible terrible pésimo pésima desastre inaceptable vergüenza vergonzoso estafa peor fatal indignado
      indignada furioso furiosa`,
  },
  italian: {
    '2.5': `eccellente perfetto perfetta meraviglioso meravigliosa fantastico fantastica ottimo ottima splendido
      entusiasta bravissimi stupendo complimenti adoro`,
    '1.5': `buono buona bene contento contenta soddisfatto soddisfatta grazie gentile gentili veloce piacevole utile
      bello bella felice consiglio consigliato puntuale cortese`,
    '-1.5': `male cattivo problema problemi ritardo lento lenta caro errore purtroppo rotto rotta danneggiato mancante
      difetto deluso delusa delusione deludente reclamo difficile scortese aspetto`,
    '-2.5': `orribile terribile pessimo pessima disastro inaccettabile vergogna vergognoso truffa peggiore scandaloso
      furioso`,
  },
  portuguese: {
    '2.5': `excelente perfeito perfeita maravilhoso maravilhosa fantástico ótimo ótima incrível adorei encantada`,
    '1.5': `bom boa bem feliz satisfeito satisfeita obrigado obrigada agradável rápido rápida gentil útil bonito
      recomendo atencioso parabéns gostei`,
    '-1.5': `mau má problema problemas atraso lento lenta caro erro infelizmente quebrado quebrada danificado falta
      defeito desapontado decepcionado decepcionada reclamação difícil triste aguardo`,
    '-2.5': `horrível terrível péssimo péssima desastre inaceitável vergonha absurdo golpe pior furioso`,
  },
  dutch: {
    '2.5': `uitstekend geweldig fantastisch perfect prachtig schitterend super top dolblij`,
    '1.5': `goed goede blij tevreden fijn fijne vriendelijk vriendelijke snel snelle mooi mooie bedankt dank aangenaam
      handig lekker behulpzaam netjes leuk`,
    '-1.5': `slecht slechte probleem langzaam traag laat vertraging duur fout helaas kapot beschadigd ontbreekt jammer
      teleurgesteld teleurstellend klacht vervelend ontevreden boos onduidelijk`,
    '-2.5': `verschrikkelijk vreselijk schandalig onacceptabel waardeloos belachelijk oplichting woedend`,
  },
  polish: {
    '2.5': `świetny świetna świetnie doskonały doskonale wspaniały wspaniale rewelacja rewelacyjny idealny zachwycona`,
    '1.5': `dobry dobra dobrze zadowolony zadowolona dziękuję miły miła miło szybko szybka polecam przyjemny ładny`,
    '-1.5': `zły zła źle problem wolno drogi błąd niestety zepsuty uszkodzony uszkodzona brakuje rozczarowany
      rozczarowana reklamacja opóźnienie spóźniona niezadowolony`,
    '-2.5': `okropny okropna straszny fatalny fatalna fatalnie katastrofa skandal oszustwo beznadziejny`,
  },
  russian: {
    '2.5': `отлично отличный отличная прекрасно прекрасный замечательно великолепно супер идеально восторге`,
    '1.5': `хорошо хороший хорошая спасибо доволен довольна быстро приятно рад рада вежливый благодарю рекомендую`,
    '-1.5': `плохо плохой плохая проблема медленно дорого ошибка сломан сломался сломалась повреждён разочарован
      разочарована жалоба задержка недоволен недовольна`,
    '-2.5': `ужасно ужасный ужасная кошмар безобразие отвратительно отвратительный обман недопустимо худший`,
  },
}
