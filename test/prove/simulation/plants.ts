/**
 * Bugs that can be planted in the simulated stores and in the hub's placing of records, each a mistake somebody could make. A simulator that does not
 * find each of them would not find ours.
 */
export const plants = {
  'disk-lies': 'a commit at the edge is acknowledged before it is synced',
  'hub-disk-lies': 'the hub acknowledges before its commit is synced',
  'forgets-what-is-told': 'the edge forgets what the hub has stored and no copy holds',
  'forgets-one-more': 'the edge forgets one record beyond those that are safe',
  'told-runs-ahead': 'what is sent counts as told before the hub has answered',
  'numbers-come-again': 'a number is given again once its record was forgotten',
  'same-epoch': 'what is numbered anew keeps its epoch',
  'told-survives-renumbering': 'what was told in the epoch before counts for the new one',
  'gap-is-not-said': 'records that the hub lost for good are not mentioned',
  'earlier-epochs-are-forgotten': 'of what the hub lost of epochs before this one nothing is said',
  'rows-lost-in-renumbering': 'what is urgent is left out when records are numbered anew',
  'place-before-effect': 'the place in the stream down is stored before the effect of the envelope',
  'effect-without-place': 'an envelope that comes again after a crash takes effect again',
  'no-mark': 'the edge does not say of when its last envelope was',
  'rewind-to-last': 'the edge does not begin from the first at a hub that was put back',
  'acknowledges-highest': 'the hub acknowledges the highest number it has, not the last without a gap',
  'stores-past-a-gap': 'the hub takes what comes, whether or not something before it is missing, and acknowledges all',
  'known-takes-effect-again': 'a record that is sent again takes effect again',
  'same-record-in-a-new-epoch': 'a record that comes in another epoch takes effect again',
  'equivocation-is-dropped': 'a second record of one number is acknowledged and thrown away',
  'overtaking-moves-the-line': 'a record that overtakes counts for all before it',
  'overtaken-comes-again': 'a record that overtook takes effect again in its turn',
  'safe-without-copy': 'what is stored is called safe though there is no copy',
  'safe-is-measured-late': 'a copy is said to hold what came while it was made',
  'epochs-are-one': 'the hub counts all epochs of an edge as one stream',
  'envelopes-by-count': 'an envelope is numbered by how many are on their way',
  'effect-in-its-own-transaction': 'the hub stores a record in one transaction, and its effect in the next',
} as const;
export type Plant = keyof typeof plants;
