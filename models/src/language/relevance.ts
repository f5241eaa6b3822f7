import { codes } from './figures.ts';
import type { Offer, Offered } from './generator.ts';
import { contentWords } from './words.ts';

/** What a text is about: its content words and the codes in it. */
export const topics = (text: string): Set<string> => new Set([...contentWords(text).map((word) => word.stem), ...codes(text)]);

/** Weight of a topic among texts: the rarer the heavier (inverse document frequency, Spärck Jones 1972). */
export function weigh(all: Set<string>[]): (topic: string) => number {
  const seen = new Map<string, number>();
  for (const one of all) for (const topic of one) seen.set(topic, (seen.get(topic) ?? 0) + 1);
  return (topic) => Math.log(1 + all.length / (seen.get(topic) ?? all.length));
}

/** The offers that share something with what was asked, best first; offers that share nothing follow in the order given. */
export function rank(asked: Set<string>, offers: Offer[]): { offer: Offer; score: number }[] {
  const about = offers.map((offer) => ({ offer, topics: topics(offer.text) }));
  const weight = weigh(about.map((one) => one.topics));
  return about
    .map(({ offer, topics: own }) => ({
      offer,
      score: [...asked].filter((topic) => own.has(topic)).reduce((sum, topic) => sum + weight(topic), 0),
    }))
    .sort((a, b) => b.score - a.score);
}

/** Share of an action's own words that a person must have said before it may be proposed. */
const namedShare = 0.5;
/** A second passage is shown only when it fits at least this well beside the best: a small model copies from the wrong one. */
const besideBest = 0.5;

/**
 * What of the offered a small model is let near this turn. Measured (models/README.md): models of half a billion
 * weights and less word an answer tolerably and choose between kinds of move badly, proposing, asking or answering
 * whatever is listed. So the code settles what words can settle: an action is there only if the person named it, and
 * then alone; passages only if they share something with what was said, best first, two at most; a question only when
 * no passage does. Nothing left means there is nothing to say.
 */
export function narrow(utterance: string, offered: Offered): Offered {
  const asked = topics(utterance);
  const actions = offered.actions.filter((action) => {
    const own = [...topics(action.text)];
    return own.length > 0 && own.filter((topic) => asked.has(topic)).length / own.length >= namedShare;
  });
  if (actions.length > 0) return { passages: [], questions: [], actions };
  const [best, second] = rank(asked, offered.passages);
  if (!best || best.score === 0) return { passages: [], questions: offered.questions, actions: [] };
  const both = second && second.score >= besideBest * best.score;
  return { passages: both ? [best.offer, second.offer] : [best.offer], questions: [], actions: [] };
}
