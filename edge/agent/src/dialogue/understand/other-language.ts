/** A language we do not speak, and how to say so in it: that a person can be had, and whom to call in danger. */
export type Foreign = { language: string; says: string };

/** Scripts tell a language, or one of a few that read each other. Han alone is Chinese to us; with kana it is Japanese. */
const byScript: [script: RegExp, language: string][] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, 'ja'],
  [/\p{Script=Hangul}/gu, 'ko'],
  [/\p{Script=Cyrillic}/gu, 'ru'],
  [/\p{Script=Arabic}/gu, 'ar'],
  [/\p{Script=Hebrew}/gu, 'he'],
  [/\p{Script=Devanagari}/gu, 'hi'],
  [/\p{Script=Thai}/gu, 'th'],
  [/\p{Script=Greek}/gu, 'el'],
];

/** Small words that are common in a language and not in English. Two different ones decide. */
const byWords: Record<string, string> = {
  de: 'ich ist nicht das der die und ein eine mein meine warum wie was kein kann bitte funktioniert geht leuchtet auto heizung',
  fr: 'je est pas le la les une mon ma pourquoi comment ne que marche fonctionne voiture chauffage allumé avec il elle bonjour',
  es: 'yo es no el la los una mi por qué como está funciona coche calefacción luz enciende hola ayuda tengo hay porque',
  it: 'io è non il la una mio mia perché come funziona macchina riscaldamento luce accesa ciao aiuto che cosa sono',
  pt: 'eu é não o uma meu minha por que como está funciona carro aquecimento luz acesa olá ajuda tenho há',
  nl: 'ik is niet het de een mijn waarom hoe wat geen kan werkt auto verwarming lampje brandt alstublieft',
  pl: 'nie jest to mój moja dlaczego jak co działa samochód ogrzewanie proszę się czy mam świeci',
  tr: 'bu bir ve değil neden nasıl çalışmıyor araba kalorifer yanıyor lütfen benim var yok mı ne',
  vi: 'tôi không là có của tại sao xe đèn máy bị như thế nào được',
  id: 'saya tidak ini itu mengapa kenapa bagaimana mobil lampu mesin tolong apa yang bisa',
};

const says: Record<string, string> = {
  de: 'Ich spreche nur Englisch und Chinesisch. Ein Mensch kann helfen: Tippen Sie auf die Taste unten oder schreiben Sie „person“. In Gefahr rufen Sie den örtlichen Notruf.',
  fr: 'Je ne parle que l’anglais et le chinois. Une personne peut vous aider : touchez le bouton ci-dessous ou écrivez « person ». En cas de danger, appelez le numéro d’urgence local.',
  es: 'Solo hablo inglés y chino. Una persona puede ayudarle: toque el botón de abajo o escriba «person». En caso de peligro, llame al número de emergencias local.',
  it: 'Parlo solo inglese e cinese. Una persona può aiutarla: tocchi il pulsante qui sotto o scriva «person». In caso di pericolo chiami il numero di emergenza locale.',
  pt: 'Só falo inglês e chinês. Uma pessoa pode ajudar: toque no botão abaixo ou escreva “person”. Em caso de perigo, ligue para o número de emergência local.',
  nl: 'Ik spreek alleen Engels en Chinees. Een medewerker kan u helpen: tik op de knop hieronder of typ “person”. Bel bij gevaar het lokale noodnummer.',
  pl: 'Mówię tylko po angielsku i chińsku. Może pomóc człowiek: proszę dotknąć przycisku poniżej lub napisać „person”. W razie niebezpieczeństwa proszę zadzwonić pod lokalny numer alarmowy.',
  tr: 'Yalnızca İngilizce ve Çince konuşuyorum. Bir kişi yardımcı olabilir: aşağıdaki düğmeye dokunun veya “person” yazın. Tehlike varsa yerel acil numarayı arayın.',
  vi: 'Tôi chỉ nói tiếng Anh và tiếng Trung. Có người có thể giúp bạn: hãy nhấn nút bên dưới hoặc viết “person”. Nếu nguy hiểm, hãy gọi số khẩn cấp tại nơi bạn ở.',
  id: 'Saya hanya berbahasa Inggris dan Mandarin. Petugas dapat membantu: ketuk tombol di bawah atau tulis “person”. Jika berbahaya, hubungi nomor darurat setempat.',
  ja: '英語と中国語だけに対応しています。担当者におつなぎできます。下のボタンを押すか「person」と入力してください。危険なときは、お住まいの地域の緊急通報番号に電話してください。',
  ko: '영어와 중국어만 할 수 있습니다. 담당자가 도와드릴 수 있습니다. 아래 버튼을 누르거나 “person”이라고 입력해 주세요. 위험할 때는 현지 긴급 전화번호로 전화하세요.',
  ru: 'Я говорю только по-английски и по-китайски. Вам может помочь человек: нажмите кнопку внизу или напишите «person». В случае опасности звоните по местному номеру экстренной помощи.',
  ar: 'أتحدث الإنجليزية والصينية فقط. يمكن لشخص أن يساعدك: اضغط على الزر أدناه أو اكتب "person". عند الخطر اتصل برقم الطوارئ المحلي.',
  he: 'אני מדבר רק אנגלית וסינית. אדם יכול לעזור: הקישו על הכפתור למטה או כתבו "person". בסכנה התקשרו למספר החירום המקומי.',
  hi: 'मैं केवल अंग्रेज़ी और चीनी बोलता हूँ। कोई व्यक्ति मदद कर सकता है: नीचे का बटन दबाएँ या “person” लिखें। खतरे में स्थानीय आपातकालीन नंबर पर फ़ोन करें।',
  th: 'ฉันพูดได้เฉพาะภาษาอังกฤษและจีน เจ้าหน้าที่ช่วยคุณได้ แตะปุ่มด้านล่างหรือพิมพ์ “person” หากมีอันตราย โปรดโทรหมายเลขฉุกเฉินในพื้นที่',
  el: 'Μιλώ μόνο αγγλικά και κινεζικά. Ένας άνθρωπος μπορεί να βοηθήσει: πατήστε το κουμπί παρακάτω ή γράψτε «person». Σε κίνδυνο καλέστε τον τοπικό αριθμό έκτακτης ανάγκης.',
};

const words = Object.entries(byWords).map(([language, list]) => [language, new Set(list.split(' '))] as const);

/**
 * The language of a sentence that is neither English nor Chinese, where it can be told: by its script, else by two of its small words that
 * English does not have. Undefined for what may be English or Chinese, and for what nobody could tell.
 */
export function foreignIn(text: string): Foreign | undefined {
  const start = text.slice(0, 500).normalize('NFC').toLowerCase();
  const letters = start.match(/\p{L}/gu)?.length ?? 0;
  for (const [script, language] of byScript)
    if ((start.match(script)?.length ?? 0) * 3 > letters && letters > 1) return { language, says: says[language]! };
  const said = new Set(start.match(/[\p{Script=Latin}]+/gu));
  const scored = words
    .map(([language, theirs]) => ({ language, hits: [...said].filter((word) => theirs.has(word) && !english.has(word)).length }))
    .sort((a, b) => b.hits - a.hits);
  const best = scored[0];
  const clear = best && best.hits >= 2 && best.hits > (scored[1]?.hits ?? 0) - 1 && best.hits * 5 >= said.size;
  return clear ? { language: best.language, says: says[best.language]! } : undefined;
}

/** Small words of others that English has as well. */
const english = new Set(
  'is a no la el o me die was an as the that he her on it to car auto come person machine son be e i una de do'.split(' '),
);
