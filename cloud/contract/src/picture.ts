import { z } from 'zod';

/**
 * A picture of an article: named by the SHA-256 of its bytes, so it is the same everywhere and never changes. In Markdown it stands as
 * `![what it shows](sha256:<hash>)`, and where it is to be shown at a step of a procedure too, as `![…](sha256:<hash> "<procedure>/<step>")`.
 */
export const pictureHash = z.string().regex(/^[0-9a-f]{64}$/, 'a picture is named by 64 hexadecimal digits');

export const pictureLimits = {
  bytes: 512 * 1024,
  /** Of one article. */
  count: 12,
  /** A side, in pixels: what a small panel must hold in memory to draw it. */
  side: 4_096,
} as const;

export type PictureType = 'image/png' | 'image/jpeg' | 'image/webp';

const starts: [PictureType, (start: string) => boolean][] = [
  ['image/png', (start) => start.startsWith('\x89PNG\r\n\x1a\n')],
  ['image/jpeg', (start) => start.startsWith('\xff\xd8\xff')],
  ['image/webp', (start) => start.startsWith('RIFF') && start.endsWith('WEBP')],
];

/** What a file is by its first bytes, whatever its name says (mimesniff.spec.whatwg.org §6.1). */
export function pictureTypeOf(bytes: Uint8Array): PictureType | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 12));
  return starts.find(([, begins]) => begins(start))?.[0];
}

/** A step of a procedure of the article's family, by ids. */
export type StepOfProcedure = { procedure: string; step: string };
export type ShownPicture = { hash: string; alt: string; at?: StepOfProcedure };

const shown = /!\[((?:\\.|[^\]\\])*)\]\(\s*sha256:([0-9a-f]{64})(?=[\s)])(?:\s+"([a-z0-9-]+)\/([a-z0-9-]+)"\s*\))?/g;

/** The pictures a Markdown text shows, in order, with what each says to those who cannot see it and the step it is for, where it is for one. */
export const picturesIn = (markdown: string): ShownPicture[] =>
  [...markdown.matchAll(shown)].map(([, alt, hash, procedure, step]) => ({
    hash: hash as string,
    alt: (alt as string).trim(),
    ...(procedure && step ? { at: { procedure, step } } : {}),
  }));
