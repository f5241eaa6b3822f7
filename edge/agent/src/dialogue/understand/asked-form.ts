import type { Locale } from '@wayside/protocol';
import { normalise } from '../grammar/sentence.ts';
import type { Said } from './examples.ts';
import type { Likest } from './likest.ts';

/** What a question may be about that is told by its form alone: a figure, or leave for an act by hand. */
export type AskedForm = Extract<Said['intent'], 'signal' | 'may'>;

/** Longer than this it is a tale. */
const longest = 160;
/** Who asks for leave, whatever the act is and whatever is named before it. */
const leave: Record<Locale, RegExp> = {
  en: /^(?:(?:so|and|but|then|well|ok|okay|please) )*(?:(?:can|could|may|should|shall|must|might|do|what if|need) (?:i|we|one|it)|(?:am i|are we) allowed to|(?:is it )?(?:okay|safe|fine|all right|alright|allowed|dangerous|bad|wise|a good idea) (?:for (?:me|us) )?(?:to|if (?:i|we)))\b/,
  zh: /^.{0,10}(?:可以|能不能|能|可不可以|要不要|该不该|应不应该|我想|我要)(?!够).{2,30}(?:吗|么|不|呢|子)?$|(?:可以吗|行吗|行不行|可不可以|好不好|没事吧|安全吗|要紧吗)$/,
};
/** Who asks for a figure: not for its reason, nor for what to do about it. */
const figure: Record<Locale, RegExp> = {
  en: /^(?:(?:so|and|but|ok|okay|hi|hey|well|then) )*(?:what(?: is|s| are| was| were| did| does)?|how (?:much|many|far|(?:hot|cold|warm|high|low|long|full|fast)s?|is|are|s|do i know)|when (?:is|are)|is|are|was|do we have|have we got)\b(?! (?:should|do|can|shall|must|would|happens|causes?) (?:i|we|you|it|this|that)\b)/,
  zh: /多少|几[度个回次公升千]|多[久大高热冷快远长]|够不够|够.*[吗么]|[高低大小烫热冷快慢]不[高低大小烫热冷快慢]|(?:怎样|怎么样|开没开|如何)[了呢啊]?$/,
};

/** Undefined for what asks for neither. */
export function askedForm(text: string, locale: Locale): AskedForm | undefined {
  if (text.length > longest) return undefined;
  const said = normalise(text, locale);
  // "Is it" begins both in English; "能充多久" asks for a figure.
  const forms = locale === 'zh' ? (['signal', 'may'] as const) : (['may', 'signal'] as const);
  return forms.find((form) => (form === 'may' ? leave : figure)[locale].test(said));
}

type Nearness = Pick<Likest, 'likeness' | 'margin'>;
/**
 * How near a question must be to the family's own words for the figure or the act, where its form alone says that it asks for one; sentences of Chinese lie
 * nearer together. Chosen on the open part of the everyday questions (test/bench/support/everyday.ts).
 */
const surely: Record<Locale, Record<AskedForm, readonly Nearness[]>> = {
  en: {
    signal: [
      { likeness: 0.93, margin: 0.02 },
      { likeness: 0.9, margin: 0.03 },
    ],
    may: [
      { likeness: 0.92, margin: 0.02 },
      { likeness: 0.87, margin: 0.04 },
    ],
  },
  zh: {
    signal: [
      { likeness: 0.945, margin: 0.02 },
      { likeness: 0.92, margin: 0.04 },
    ],
    may: [
      { likeness: 0.92, margin: 0.02 },
      { likeness: 0.89, margin: 0.04 },
    ],
  },
};
/** And where nothing else is known of it; nobody gets leave by that. */
const perhaps: Record<Locale, Nearness> = { en: { likeness: 0.88, margin: 0.011 }, zh: { likeness: 0.925, margin: 0.011 } };

/** `perhaps`: it is likelier than nothing, and no likelier than anything else that is known. */
export function nearness(form: AskedForm, { likeness, margin }: Nearness, locale: Locale): 'surely' | 'perhaps' | undefined {
  const reaches = (least: Nearness) => likeness >= least.likeness && margin >= least.margin;
  if (surely[locale][form].some(reaches)) return 'surely';
  return form === 'signal' && reaches(perhaps[locale]) ? 'perhaps' : undefined;
}
