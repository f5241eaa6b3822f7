import { id } from '@wayside/protocol';
import { z } from 'zod';

/** What it says of who speaks, and the slots that tell more of it with what they may say. */
type Listened = { says: string; slots?: Readonly<Record<string, readonly string[]>> };

/** What is listened for within a sentence, by its name. */
const known = {
  complain: { says: 'they complain', slots: { about: ['again', 'service', 'paid'] } },
  midway: {
    says: 'in the middle of a step they tell what is no word on how it went',
    slots: { midway: ['step', 'danger', 'broke', 'hot', 'lacks', 'jammed', 'where'], hazard: ['water', 'smoke', 'hurt', 'shock'] },
  },
  'not-so': { says: 'what follows, or `of` the whole `sentence`, is not so, or it is asked whether it is', slots: { of: ['sentence'] } },
  'no-alarm': {
    says: 'the words of an emergency that it stands before, behind or around tell of none',
    slots: { stands: ['before', 'behind', 'around'] },
  },
  'asks-mended': { says: 'they ask whether it is mended, and do not say that it is' },
  'asks-stop': {
    says: 'who asks whether it is safe asks whether it must stop: danger is a yes then',
    slots: { turned: ['off', 'either'] },
  },
  'asks-person': { says: 'they name a person to ask whether one is needed: nobody is called' },
  'no-person': { says: 'they name a person to say that none is wanted' },
  asks: { says: 'they ask: what they name is not told to be so' },
  visit: { says: 'the person they wish for is to come to the machine' },
  'asks-leave': { says: 'they ask whether they may do something to the machine with their hands' },
  'asks-how-far': { says: 'they ask whether the machine will take them somewhere' },
  feels: { says: 'they say how they feel, and nothing of the machine' },
  'no-figure': { says: 'they speak of what no figure tells: ice, a smell, a noise' },
  ahead: { says: 'a time that is yet to come' },
  polite: { says: 'politeness beside an answer' },
  reply: { says: 'a short reply; a yes or a no in its first clause', slots: { reply: ['yes', 'no', 'unsure', 'done', 'failed', 'act'] } },
  hedges: { says: 'a reply that asks back, sets a condition or turns round' },
  'asks-back': { says: 'a question without its mark' },
  assent: { says: 'a plain yes is made of such words alone, one that `says` it among them', slots: { says: ['yes'] } },
  heeds: { says: 'what is made of such words alone was only heard, and answers nothing' },
  'holds-off': { says: 'what was proposed is not to be done' },
  judges: { says: 'how a figure is to be taken', slots: { by: ['figure', 'range', 'points'] } },
  measured: { says: 'a reading is asked for without its name' },
  trouble: { says: 'something is or was wrong' },
  extreme: { says: 'the most or the least of a reading', slots: { figure: ['most', 'least'] } },
  'asks-past': { says: 'what was is asked, and not told' },
  guesses: { says: 'what they think it is, as `about`' },
  corrects: { says: 'what follows takes back what they said, or asks for the next of its kind' },
  'the-other': { says: 'they mean the other one' },
  contradicts: { says: 'they say that they were not understood, or that what was said is wrong' },
  depends: { says: 'it is half a question, or what the rest depends on: no wish by itself' },
} satisfies Record<string, Listened>;
export type Cue = keyof typeof known;
export const cues: Readonly<Record<Cue, Listened>> = known;
export const isCue = (name: string): name is Cue => Object.hasOwn(cues, name);
export const noCue = (name: string): string => `"${name}" is no cue: write one of ${Object.keys(cues).join(', ')}`;

/** Sentences of a cue: heard within what was said, with `{any}` for a few words of no matter, `{word}` for one (in Chinese one character), and `{words}` for those that the cue is about. */
const heardWithin = z
  .object({
    sentences: z.array(z.string().min(1)).min(1),
    slots: z.record(id, z.string()).default({}),
    /** Only where what was said begins with it, ends with it, or is nothing else. */
    at: z.enum(['first', 'last', 'whole']).optional(),
    /** Only in what ends with a question mark. */
    asked: z.literal(true).optional(),
    /** It only sounds like the cue: what is heard of the cue in the same words, and with the same slots where some are given, does not count. */
    not: z.literal(true).optional(),
  })
  .strict();
export type HeardWithin = z.infer<typeof heardWithin>;

/** The section `cues` of the phrases; which cues there are is checked where a pack is. */
export const cueSection = z.record(id, z.array(heardWithin).min(1)).default({});

/** `tests/cues.yaml`: sentences with what must be heard in them, or must not. */
export const cueTests = z
  .object({
    tests: z.array(
      z
        .object({
          language: z.enum(['en', 'zh']),
          text: z.string(),
          cue: z.string().refine(isCue, { error: ({ input }) => noCue(String(input)) }),
          heard: z.boolean().default(true),
          slots: z.record(id, z.string()).default({}),
        })
        .strict(),
    ),
  })
  .strict();
