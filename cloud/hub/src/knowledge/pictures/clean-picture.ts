import { type PictureType, pictureLimits, pictureTypeOf } from '@wayside/contract';
import { WaysideError } from '@wayside/protocol';
import { cleanJpeg } from './clean-jpeg.ts';
import { cleanPng } from './clean-png.ts';
import { cleanWebp } from './clean-webp.ts';

export type Cleaned = { bytes: Buffer; width: number; height: number };

const cleaners: Record<PictureType, (bytes: Buffer) => Cleaned | undefined> = {
  'image/png': cleanPng,
  'image/jpeg': cleanJpeg,
  'image/webp': cleanWebp,
};

/**
 * A picture as it may leave this house: what it shows, and nothing of who took it, where and when. It is not drawn here: the parts of the file are
 * walked through, so a hostile one costs its bytes.
 * @throws WaysideError `too-large`; `invalid` for what is no picture, is damaged or has too many pixels
 */
export function cleanPicture(given: Uint8Array): Cleaned & { type: PictureType } {
  if (given.length > pictureLimits.bytes)
    throw new WaysideError('too-large', `A picture may have at most ${pictureLimits.bytes / 1024} KiB. Make it smaller.`);
  const type = pictureTypeOf(given);
  if (!type) throw new WaysideError('invalid', 'This is no PNG, JPEG or WebP, by its first bytes. Save the picture as one of them.');
  const cleaned = cleaners[type](Buffer.from(given));
  if (!cleaned) throw new WaysideError('invalid', 'The picture is damaged or cut off. Save it anew and try again.');
  const { width, height } = cleaned;
  if (width < 1 || height < 1 || Math.max(width, height) > pictureLimits.side)
    throw new WaysideError(
      'invalid',
      `The picture is ${width} by ${height} pixels; it may have at most ${pictureLimits.side} each way. Make it smaller.`,
    );
  return { ...cleaned, type };
}
