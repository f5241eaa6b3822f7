import { likeness, meanVoice } from '@wayside/models';
import type { Locale } from '@wayside/protocol';
import type { Household } from '../profiles/household.ts';

/**
 * So alike two voices of one person are: on ten readers and speakers (LibriSpeech test-other and two others) against three enrolled sentences of 3 s, an
 * utterance of 2.5 s is taken for somebody else's 3 times in a thousand, and one in eight is not known. Equal error rate 2.9 %, at 0.66.
 */
const sure = 0.74;
/** And so much more than the next one in the house. */
const clear = 0.05;

/** Who is speaking, as far as their voice tells: whose likes the answers follow. It opens nothing: what somebody may, a PIN or their phone says. */
export type Known = { person: string; name: string; locale?: Locale | undefined; units: 'metric' | 'us' };

/**
 * The voices of those who wanted to be known by theirs.
 * @param atWork people work here: then nobody's voice is looked at
 */
export function createVoices(household: Pick<Household, 'all' | 'find' | 'change'>, now: () => number, atWork: () => boolean) {
  const enrolled = () => household.all().filter(({ voice }) => voice !== undefined);
  return {
    /** May they be known by their voice here? */
    mayLearn: (person?: string) => !atWork() && (person === undefined || household.find(person) !== undefined),
    /** Is anybody to be known by their voice? Until then no utterance is looked at. */
    anyone: () => !atWork() && enrolled().length > 0,
    /** Whose voice it is, or undefined when that is not sure. */
    whose(voice: Float32Array): Known | undefined {
      if (atWork()) return undefined;
      const alike = enrolled()
        .map((profile) => ({ profile, like: likeness(voice, profile.voice!.vector) }))
        .sort((a, b) => b.like - a.like);
      const [first, second] = alike;
      if (!first || first.like < sure || first.like - (second?.like ?? 0) < clear) return undefined;
      const { person, name, preferences } = first.profile;
      return { person, name, locale: preferences.locale, units: preferences.units };
    },
    /** They said these to be known by them, which is their consent. False when the sayings are not of one voice. */
    async learn(person: string | undefined, sayings: readonly Float32Array[]): Promise<boolean> {
      if (atWork() || !household.find(person)) return false;
      const voice = meanVoice(sayings);
      if (sayings.some((one) => likeness(one, voice) < sure)) return false;
      const vector = Array.from(voice, (value) => Math.round(value * 1e4) / 1e4);
      await household.change(person!, { voice: { agreedAt: Math.floor(now()), vector } });
      return true;
    },
  };
}

export type Voices = ReturnType<typeof createVoices>;
