/** One mel frame each 10 ms, of 32 bands. */
export const bands = 32;
export const hop = 160;
/** The spectrogram looks at 512 samples for each frame: what goes on needs this much of what came before. */
export const overlap = 480;
/** Mel frames one embedding looks at, and how far on the next one's begin: 760 ms and 80 ms. */
export const windowFrames = 76;
export const stepFrames = 8;
/** Numbers of one embedding, and embeddings a head looks at: 1.28 s. */
export const width = 96;
export const windowSteps = 16;
