import { describe, expect, it } from 'vitest'
import language, { configure } from '../../assertions/language.ts'

const judge = (output: unknown, expected: unknown, besides: object = {}) =>
  language(output, { config: { expected: '{{language}}', ...besides }, vars: { language: expected } })

const GERMAN =
  'Vielen Dank für Ihre Nachricht. Das Paket hat unser Lager am Montag verlassen und kommt morgen an.'
const ENGLISH =
  'Thank you for your message. The parcel left our warehouse on Monday and will arrive tomorrow.'
const FRENCH = 'Merci pour votre message. Le colis a quitté notre entrepôt lundi et arrivera demain matin.'

describe('the language of a reply', () => {
  it.each([
    ['en', ENGLISH],
    ['de', GERMAN],
    ['fr', FRENCH],
    [
      'es',
      'Gracias por su mensaje. El paquete salió de nuestro almacén el lunes y llegará mañana por la mañana.',
    ],
    [
      'it',
      'Grazie per il suo messaggio. Il pacco ha lasciato il nostro magazzino lunedì e arriverà domani mattina.',
    ],
    [
      'pt',
      'Obrigado pela sua mensagem. A encomenda saiu do nosso armazém na segunda-feira e chegará amanhã.',
    ],
    [
      'nl',
      'Bedankt voor uw bericht. Het pakket heeft ons magazijn maandag verlaten en komt morgen bij u aan.',
    ],
    [
      'pl',
      'Dziękujemy za wiadomość. Paczka opuściła nasz magazyn w poniedziałek i dotrze do Państwa jutro rano.',
    ],
    ['cs', 'Děkujeme za vaši zprávu. Balík opustil náš sklad v pondělí a dorazí k vám zítra dopoledne.'],
    [
      'sv',
      'Tack för ditt meddelande. Paketet lämnade vårt lager i måndags och kommer fram i morgon förmiddag.',
    ],
    ['fi', 'Kiitos viestistäsi. Paketti lähti varastostamme maanantaina ja saapuu perille huomenna aamulla.'],
    [
      'hu',
      'Köszönjük üzenetét. A csomag hétfőn hagyta el a raktárunkat, és holnap délelőtt érkezik meg Önhöz.',
    ],
    [
      'tr',
      'Mesajınız için teşekkür ederiz. Paket pazartesi günü depomuzdan ayrıldı ve yarın sabah size ulaşacak.',
    ],
    ['ru', 'Спасибо за ваше сообщение. Посылка покинула наш склад в понедельник и прибудет завтра утром.'],
    ['uk', 'Дякуємо за ваше повідомлення. Посилка залишила наш склад у понеділок і прибуде завтра вранці.'],
    [
      'el',
      'Ευχαριστούμε για το μήνυμά σας. Το δέμα έφυγε από την αποθήκη μας τη Δευτέρα και θα φτάσει αύριο.',
    ],
    ['ar', 'شكرا على رسالتكم. غادر الطرد مستودعنا يوم الاثنين وسيصل إليكم صباح الغد إن شاء الله.'],
    ['he', 'תודה על הודעתך. החבילה עזבה את המחסן שלנו ביום שני ותגיע אליך מחר בבוקר.'],
    ['ja', 'お問い合わせありがとうございます。荷物は月曜日に倉庫を出発し、明日の朝に到着する予定です。'],
    ['zh', '感谢您的来信。包裹已于星期一离开我们的仓库，预计明天上午送达您的手中。'],
    ['ko', '메시지를 보내 주셔서 감사합니다. 소포는 월요일에 창고를 떠났으며 내일 아침에 도착할 예정입니다.'],
    ['th', 'ขอบคุณสำหรับข้อความของคุณ พัสดุออกจากคลังสินค้าของเราเมื่อวันจันทร์และจะถึงพรุ่งนี้เช้า'],
    ['vi', 'Cảm ơn bạn đã nhắn tin. Bưu kiện đã rời kho của chúng tôi vào thứ Hai và sẽ đến vào sáng mai.'],
    ['hi', 'आपके संदेश के लिए धन्यवाद। पार्सल सोमवार को हमारे गोदाम से निकल गया और कल सुबह पहुंच जाएगा।'],
  ])('is %s', (code, reply) => {
    expect(judge(reply, code)).toMatchObject({ pass: true, score: 1 })
    const other = code === 'en' ? 'de' : 'en'
    expect(judge(reply, other)).toMatchObject({ pass: false, score: 0 })
  })

  it.each([
    ['a region', 'de-AT'],
    ['a region with an underscore', 'de_DE'],
    ['a name', 'German'],
    ['a name in another case', 'german'],
    ['one of several', ['fr', 'German']],
  ])('is expected by %s', (_, expected) => {
    expect(judge(GERMAN, expected).pass).toBe(true)
  })

  it('is expected by the name of a language that is one with another here', () => {
    const malay =
      'Terima kasih atas pesan Anda. Paket telah meninggalkan gudang kami dan akan tiba besok pagi.'
    expect(judge(malay, 'Indonesian').pass).toBe(true)
    expect(judge(malay, 'id').pass).toBe(true)
  })

  it('says which it is, and which was expected', () => {
    expect(judge(ENGLISH, ['de', 'fr']).reason).toBe('the reply is in English; German or French was expected')
  })

  it('is that of its sentences by their letters: half German is half right', () => {
    const { pass, score, reason } = judge(`${GERMAN} ${ENGLISH}`, 'de')
    expect(pass).toBe(false)
    expect(score).toBeGreaterThan(0.4)
    expect(score).toBeLessThan(0.6)
    expect(reason).toMatch(/^the reply is in \d+ % (?:German|English), \d+ % (?:German|English); German was/)
    expect(judge(`${GERMAN} ${ENGLISH}`, ['de', 'en'])).toMatchObject({ pass: true, score: 1 })
    expect(judge(`${GERMAN} ${ENGLISH}`, 'de', { atLeast: 0.3 }).pass).toBe(true)
  })
})

describe('what is not the reply’s own words', () => {
  const code =
    '```js\n// The quick brown fox jumps over the lazy dog, and then it sleeps for hours\nreturn foxes\n```'

  it.each([
    ['code', `${GERMAN}\n\n${code}`],
    [
      'addresses',
      `${GERMAN} https://example.com/the-parcel-has-left-the-warehouse-on-monday-and-arrives-tomorrow`,
    ],
    ['quotations', `${GERMAN} „The parcel left our warehouse on Monday and will arrive tomorrow.“`],
    ['quoted lines', `> ${ENGLISH}\n\n${GERMAN}`],
  ])('is left out: %s', (_, reply) => {
    expect(judge(reply, 'de')).toMatchObject({ pass: true, score: 1 })
  })

  it.each([
    ['JSON by its texts', `{"answer": "${GERMAN}", "the_confidence_of_this_answer": 0.9}`],
    ['JSON in a fence', `\`\`\`json\n{"answer": "${GERMAN}"}\n\`\`\``],
    ['a value', { answer: [GERMAN], the_source_of_this_answer: 7 }],
    ['one quotation all through', `"${GERMAN}"`],
  ])('is told of %s', (_, reply) => {
    expect(judge(reply, 'de')).toMatchObject({ pass: true, score: 1 })
    expect(judge(reply, 'en')).toMatchObject({ pass: false, score: 0 })
  })

  it('is not told of broken JSON by its keys', () => {
    expect(judge(`{"answer": "${GERMAN}`, 'de').pass).toBe(true)
  })

  it('counts where the suite says so', () => {
    const reply = `${GERMAN} „The parcel left our warehouse on Monday and will arrive tomorrow.“`
    expect(judge(reply, 'de', { quotes: 'judge' }).score).toBeLessThan(0.9)
  })

  it('leaves nothing to tell where there is nothing else', () => {
    expect(judge(code, 'en')).toMatchObject({ pass: false, score: 0 })
    expect(judge(code, 'en').reason).toContain('unknown: 0 letters')
  })
})

describe('a reply too short to tell', () => {
  it.each(['OK', 'Ja.', '42', '!!!', '👍', 'positive'])('is unknown, and fails: %s', (reply) => {
    const { pass, score, reason } = judge(reply, 'en')
    expect({ pass, score }).toEqual({ pass: false, score: 0 })
    expect(reason).toMatch(
      /^unknown: \d+ letters of the reply's own are too few to tell a language, 20 are needed/,
    )
  })

  it('passes where the suite lets it', () => {
    expect(judge('OK', 'en', { unknown: 'pass' })).toMatchObject({ pass: true, score: 1 })
  })

  it('is told all the same where the suite asks for fewer letters', () => {
    expect(judge('Guten Morgen', 'de', { minLetters: 8 })).toMatchObject({ pass: true })
  })

  it('fails in any case where it is empty', () => {
    for (const reply of ['', ' \n', undefined])
      expect(judge(reply, 'en', { unknown: 'pass' })).toMatchObject({ pass: false, score: 0 })
  })
})

describe('a language that is none', () => {
  it.each([
    [{ expected: 'xx' }, '"xx" is no language it can tell'],
    [{ expected: ['de', 'Klingon'] }, '"Klingon" is no language it can tell'],
    [{ expected: '{{ lang | upper }}' }, 'is no language it can tell'],
    [{ expected: [] }, 'expected a language'],
    [{}, 'expected a language'],
    [{ expected: 'de', min: 3 }, 'knows no config key `min`'],
    [{ expected: 'de', atLeast: 0 }, 'config.atLeast'],
  ])('is refused in the config %j', (config, message) => {
    expect(() => configure(config, { dir: '/' })).toThrow(message)
  })

  it('of a case cannot be judged', () => {
    expect(() => judge(ENGLISH, 'xx')).toThrow('"xx" is no language it can tell')
    expect(() => language(ENGLISH, { config: { expected: '{{language}}' }, vars: {} })).toThrow('no variable')
  })
})

describe('hostile replies', () => {
  it.each([
    ['a megabyte of one letter', 'a'.repeat(1_000_000)],
    ['a megabyte of a sentence', `${ENGLISH} `.repeat(10_000)],
    ['a megabyte of quotes', '"'.repeat(1_000_000)],
    ['a megabyte of fences', '```'.repeat(330_000)],
    ['lone surrogates', '\ud800'.repeat(1000)],
    ['combining marks', 'e\u0301'.repeat(10_000)],
    ['an object', { text: ENGLISH }],
    ['a megabyte of JSON', JSON.stringify(Array(12_000).fill(ENGLISH))],
    ['10,000 levels as text', '['.repeat(10_000)],
  ])('are judged: %s', (_, reply) => {
    const { score } = judge(reply, 'en')
    expect(score).toBeGreaterThanOrEqual(0)
    expect(score).toBeLessThanOrEqual(1)
  })
})
