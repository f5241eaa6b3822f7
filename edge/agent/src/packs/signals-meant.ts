import { signalsLike } from '@wayside/packs';

const wordsOf = (id: string): string[] =>
  id
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');

/**
 * The signals of a thing that a name means: itself or all that its `*` fits, else those with its words in theirs. "temperature", which is a whole name
 * on a sensor, is of a heat pump the temperature of the room, of the supply and of the return.
 */
export function signalsMeant(name: string, signals: Readonly<Record<string, unknown>>): string[] {
  const like = signalsLike(name, signals);
  if (like.length > 0) return like;
  const words = wordsOf(name);
  return Object.keys(signals).filter((id) => {
    const own = wordsOf(id);
    return words.every((word) => own.includes(word));
  });
}
