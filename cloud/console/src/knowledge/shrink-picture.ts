/** As the hub takes them; larger ones are drawn smaller here, before anything leaves this browser. */
const mostBytes = 512 * 1024;
const types = ['image/png', 'image/jpeg', 'image/webp'];
/** The longer side, in pixels, and how good: from what is asked to what always fits. */
const tries = [
  { side: 1_600, quality: 0.85 },
  { side: 1_280, quality: 0.7 },
  { side: 900, quality: 0.6 },
];

/**
 * A file somebody chose, small enough to be sent: as it is where it fits, else drawn smaller. What is drawn says nothing of who took it, where and when.
 * @returns undefined when this browser sees no picture in it, or cannot make it small
 */
export async function shrinkPicture(file: File): Promise<Blob | undefined> {
  if (file.size <= mostBytes && types.includes(file.type)) return file;
  const drawn = await createImageBitmap(file).catch(() => undefined);
  if (!drawn) return undefined;
  try {
    for (const { side, quality } of tries) {
      const scale = Math.min(1, side / Math.max(drawn.width, drawn.height));
      const canvas = new OffscreenCanvas(Math.max(1, Math.round(drawn.width * scale)), Math.max(1, Math.round(drawn.height * scale)));
      canvas.getContext('2d')?.drawImage(drawn, 0, 0, canvas.width, canvas.height);
      // Where a browser cannot write WebP it writes PNG, which may be too large: then JPEG.
      for (const type of ['image/webp', 'image/jpeg']) {
        const blob = await canvas.convertToBlob({ type, quality });
        if (blob.size <= mostBytes) return blob;
      }
    }
    return undefined;
  } finally {
    drawn.close();
  }
}
