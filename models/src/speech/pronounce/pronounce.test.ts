import { describe, expect, it } from 'vitest';
import { kokoroNumbers } from '../mouth/mouth-kokoro.ts';
import { readLetters, soundOut } from './letters-to-sounds.ts';
import { createPronouncer } from './pronounce.ts';
import { ipaOf } from './pronounce-arpabet.ts';
import { packSounds, readWords, soundNames, unpackSounds } from './pronounce-dictionary.ts';
import { createEnglishKokoroPronouncer } from './pronounce-kokoro.ts';

const [known, guess] = [readWords(), readLetters()];
const pronounce = createPronouncer({ known, guess });

describe('the dictionary', () => {
  it('finds words at its ends and in its middle, and nothing that is not there', () => {
    expect(known('a')).toEqual(['AH0']);
    expect(known('coolant')).toEqual(['K', 'UW1', 'L', 'AH0', 'N', 'T']);
    expect(known('zywicki')).toBeDefined();
    for (const none of ['', 'zzzz', 'coolan', 'coolantx', 'A', ' ', '\n', 'é']) expect(known(none)).toBeUndefined();
  });

  it('keeps each sound in one character', () => {
    expect(unpackSounds(packSounds(soundNames))).toEqual(soundNames);
  });
});

describe('IPA of a word', () => {
  // As eSpeak NG 1.51 writes them in its voice en-us.
  it.each([
    ['water', 'wˈɔːɾɚ'],
    ['battery', 'bˈæɾɚɹi'],
    ['button', 'bˈʌʔn̩'],
    ['detected', 'dɪtˈɛktᵻd'],
    ['switches', 'swˈɪtʃᵻz'],
    ['about', 'ɐbˈaʊt'],
    ['north', 'nˈɔːɹθ'],
    ['hear', 'hˈɪɹ'],
    ['party', 'pˈɑːɹɾi'],
  ])('%s', (word, ipa) => {
    expect(pronounce(word)).toBe(ipa);
  });

  it('leaves out what is no sound', () => {
    expect(ipaOf(['K', 'nonsense', 'AE1', 'T', 'XX1'])).toBe('kˈæt');
  });
});

describe('a sentence', () => {
  it('swallows its weak words, but not the last', () => {
    expect(pronounce('It is for the car.')).toBe('ɪt ɪz fɔːɹ ðə kˈɑːɹ.');
    expect(pronounce('What is it for?')).toMatch(/fˈɔːɹ\?$/);
    expect(pronounce('the engine to open')).toBe('ðɪ ˈɛndʒən tʊ ˈoʊpən');
  });

  it('spells abbreviations, and tells the letter A from the word', () => {
    expect(pronounce('A B S')).toBe('ˈeɪ bˈiː ˈɛs');
    expect(pronounce('A misfire')).toMatch(/^ɐ /);
    expect(pronounce('the XKCD')).toBe('ðɪ ˈɛkskˈeɪsˈiːdˈiː');
  });

  it('keeps its pauses and drops what cannot be said', () => {
    expect(pronounce('Stop, now! 水泵 12 (really)?')).toMatch(/^stˈɑːp, nˈaʊ! ɹ.*\?$/);
    expect(pronounce('')).toBe('');
  });
});

describe('a word that is in no dictionary', () => {
  it('is said from the words it is made of', () => {
    expect(pronounce('setpoint')).toBe('sˈɛtpˌɔɪnt');
    expect(pronounce('preheat')).toBe('pɹˌiːhˈiːt');
    expect(pronounce('turbocharger')).toBe('tˈɜːboʊtʃˌɑːɹdʒɚ');
  });

  it.each(['strainers', 'recirculation', 'legionella', 'cavitate'])('is said by its letters: %s', (word) => {
    const said = pronounce(word);
    expect(said.match(/ˈ/g)).toHaveLength(1);
    expect(said.length).toBeGreaterThan(word.length / 2);
  });

  it('has one stress', () => {
    for (const word of ['wobblefrax', 'zeppelinate', 'pumpernickelish', 'x', 'strrr'])
      expect(guess(word).filter((sound) => sound.endsWith('1')).length).toBeLessThanOrEqual(1);
    expect(soundOut('ab', { a: 'AE0', b: 'B' })).toEqual(['AE1', 'B']);
  });

  it('is bounded', () => {
    expect(guess('a'.repeat(10_000)).length).toBeLessThan(200);
  });
});

it('gives Kokoro English in its own signs, none of which it does not know', () => {
  const said = createEnglishKokoroPronouncer({ known, guess })(
    'Cylinder one misfires. The battery is low, and no journey is worth a loud noise.',
  );
  expect(said).toContain('bˈæTəɹi');
  expect(said).toContain('ʤˈɜɹni');
  expect([...said].filter((sign) => !kokoroNumbers.has(sign))).toEqual([]);
});
