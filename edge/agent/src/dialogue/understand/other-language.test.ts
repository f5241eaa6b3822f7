import { loadPacks, loadPhraseTests, packsRoot } from '@wayside/packs';
import { describe, expect, it } from 'vitest';
import { foreignIn } from './other-language.ts';

describe('a language we do not speak', () => {
  it.each([
    ['de', 'Warum leuchtet die Lampe und was kann ich machen?'],
    ['fr', 'Pourquoi le voyant est allumé ?'],
    ['es', '¿Por qué está encendida la luz del coche?'],
    ['it', 'Perché la luce della macchina è accesa?'],
    ['pt', 'Por que a luz do meu carro está acesa?'],
    ['nl', 'Waarom brandt het lampje van mijn auto?'],
    ['pl', 'Dlaczego moja lampka się świeci i co to jest?'],
    ['tr', 'Bu araba neden çalışmıyor?'],
    ['vi', 'Tại sao xe của tôi không chạy?'],
    ['id', 'Mengapa mobil saya tidak bisa jalan?'],
    ['ja', '警告灯が点いているのはなぜですか'],
    ['ko', '경고등이 왜 켜졌나요?'],
    ['ru', 'Почему горит лампочка?'],
    ['ar', 'لماذا أضاء ضوء التحذير؟'],
    ['he', 'למה נורת האזהרה דולקת?'],
    ['hi', 'चेतावनी बत्ती क्यों जल रही है?'],
    ['th', 'ทำไมไฟเตือนติด'],
    ['el', 'Γιατί άναψε η λυχνία;'],
  ])('%s is told, and answered in itself with a person and the emergency call: %s', (language, text) => {
    expect(foreignIn(text)).toMatchObject({ language, says: expect.stringContaining('person') });
  });

  it.each([
    'Why is the light on?',
    'el light is on',
    'la la la',
    'OK',
    'P0301',
    '水温是多少',
    '',
    '🙂',
    'auto mode',
    'Bosch WP-22 no flow',
  ])('is not what may be English or Chinese: "%s"', (text) => expect(foreignIn(text)).toBeUndefined());

  it('is seen in none of the sentences that the packs are tested with', async () => {
    const { packs } = await loadPacks(packsRoot);
    const all = (await Promise.all(packs.map((pack) => loadPhraseTests(pack.dir)))).flat();
    expect(all.length).toBeGreaterThan(500);
    expect(all.filter(({ text }) => foreignIn(text)).map(({ text }) => text)).toEqual([]);
  });
});
