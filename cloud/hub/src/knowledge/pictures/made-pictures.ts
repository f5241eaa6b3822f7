import { crc32, deflateSync } from 'node:zlib';

const secret = 'GPS 52.5N 13.4E, by Erika';

const chunk = (name: string, body: Buffer) => {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), body]);
  const out = Buffer.alloc(named.length + 8);
  out.writeUInt32BE(body.length, 0);
  named.copy(out, 4);
  out.writeUInt32BE(crc32(named), named.length + 4);
  return out;
};

/** Pictures for tests, each with a secret in every place where cameras and editors leave some. */
export const madePictures = {
  secret,
  png(width = 2, height = 1): Buffer {
    const head = Buffer.alloc(13);
    head.writeUInt32BE(width, 0);
    head.writeUInt32BE(height, 4);
    head.set([8, 0], 8);
    return Buffer.concat([
      Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
      chunk('IHDR', head),
      chunk('tEXt', Buffer.from(secret)),
      chunk('eXIf', Buffer.from(secret)),
      chunk('IDAT', deflateSync(Buffer.alloc((width + 1) * Math.min(height, 8)))),
      chunk('IEND', Buffer.alloc(0)),
      Buffer.from(secret),
    ]);
  },
  /** Held on its side (6), as a telephone's camera says it. */
  jpeg(): Buffer {
    const segment = (marker: number, body: Buffer) => Buffer.concat([Buffer.from([0xff, marker, 0, body.length + 2]), body]);
    const tiff = Buffer.alloc(26);
    tiff.write('II*\0', 'latin1');
    tiff.writeUInt32LE(8, 4);
    tiff.writeUInt16LE(1, 8);
    tiff.writeUInt16LE(0x0112, 10);
    tiff.writeUInt16LE(3, 12);
    tiff.writeUInt32LE(1, 14);
    tiff.writeUInt16LE(6, 18);
    return Buffer.concat([
      Buffer.from([0xff, 0xd8]),
      segment(0xe0, Buffer.concat([Buffer.from('JFIF\0', 'latin1'), Buffer.from([1, 1, 0, 0, 1, 0, 1, 3, 3]), Buffer.from(secret)])),
      segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, Buffer.from(secret)])),
      segment(0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0${secret}`, 'latin1')),
      segment(0xfe, Buffer.from(secret)),
      segment(0xc0, Buffer.from([8, 0, 7, 0, 9, 1, 1, 0x11, 0])),
      segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
      Buffer.from([1, 0xff, 0, 2, 0xff, 0xd0, 3]),
      Buffer.from([0xff, 0xd9]),
      Buffer.from(secret),
    ]);
  },
  webp(): Buffer {
    const part = (name: string, body: Buffer) => {
      const head = Buffer.alloc(8);
      head.write(name, 'latin1');
      head.writeUInt32LE(body.length, 4);
      return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
    };
    const canvas = Buffer.from([0x0c, 0, 0, 0, 8, 0, 0, 6, 0, 0]);
    const body = Buffer.concat([
      Buffer.from('WEBP'),
      part('VP8X', canvas),
      part('VP8L', Buffer.from([0x2f, 8, 0x80, 1, 0, 0, 0, 0, 0, 0, 0])),
      part('EXIF', Buffer.from(secret)),
      part('XMP ', Buffer.from(secret)),
    ]);
    const head = Buffer.from('RIFF\0\0\0\0');
    head.writeUInt32LE(body.length, 4);
    return Buffer.concat([head, body, Buffer.from(secret)]);
  },
};
