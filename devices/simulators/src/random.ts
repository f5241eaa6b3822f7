/**
 * A seeded stream of uniform numbers in [0, 1): sfc32, after Chris Doty-Humphrey's PractRand (public domain), seeded from a 32-bit FNV-1a
 * hash of the name. The same seed and name give the same numbers on every machine.
 */
export function createRandom(seed: number, name: string): () => number {
  let a = fnv1a(name);
  let b = seed | 0;
  let c = Math.floor(seed / 2 ** 32) | 0;
  let counter = 1;
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  // PractRand's own seeding discards the first twelve, until every bit of the seed has reached every word.
  for (let i = 0; i < 12; i++) next();
  return next;
}

/** FNV-1a, 32 bits, over UTF-16 units (datatracker.ietf.org/doc/html/draft-eastlake-fnv). */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash | 0;
}

/** One draw of the standard normal distribution from two uniform ones (Box and Muller, 1958). */
export function gaussian(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
