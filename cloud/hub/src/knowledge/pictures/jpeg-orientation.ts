const exif = 'Exif\0\0';
const orientation = 0x0112;

/** How a camera says it was held, 2 to 8, in the EXIF of a JPEG's APP1 (CIPA DC-008 §4.6.4); undefined when upright or unsaid. */
export function orientationIn(segment: Buffer): number | undefined {
  if (!segment.toString('latin1').startsWith(exif)) return undefined;
  const tiff = segment.subarray(exif.length);
  const little = tiff.toString('latin1', 0, 2) === 'II';
  const short = (at: number) => (at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const first = tiff.length < 8 ? 0 : little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  for (let i = 0; i < short(first); i++) {
    const at = first + 2 + 12 * i;
    if (short(at) !== orientation) continue;
    const value = short(at + 8);
    return value >= 2 && value <= 8 ? value : undefined;
  }
  return undefined;
}

/** An APP1 segment, with its marker, that says this and nothing else. */
export function orientationOnly(value: number): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write('MM\0*', 'latin1');
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(1, 8);
  tiff.writeUInt16BE(orientation, 10);
  tiff.writeUInt16BE(3, 12);
  tiff.writeUInt32BE(1, 14);
  tiff.writeUInt16BE(value, 18);
  const head = Buffer.from([0xff, 0xe1, 0, 2 + exif.length + tiff.length]);
  return Buffer.concat([head, Buffer.from(exif, 'latin1'), tiff]);
}
