/** Inputs are cut to this. */
export const mostBytes = 20_000;
/** Bytes with which parsers are often wrong. */
const tokens = [
  '{',
  '}',
  '[',
  ']',
  '"',
  '\\u0000',
  '\0',
  '\n',
  ':',
  ',',
  '-',
  '1e999',
  'null',
  'true',
  '__proto__',
  '&a',
  '*a',
  '!!js',
  '\ufeff',
  '\ud800',
  '99999999999999999999',
  '- ',
  '? ',
  '|',
  '%',
].map((token) => Buffer.from(token));
const odd = [0, 1, 0x7f, 0x80, 0xff];
/** Lengths and counts with which readers of binary formats are often wrong. */
const figures = [0, 1, 0x7f, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0xffffffff];

/**
 * Changes bytes a little, or much: one to four changes, drawn. It works in one room of its own, since that is most of what a cheap door would cost.
 * @param random uniform in [0, 1)
 * @returns how to change: `other` lends its end
 */
export function createChanger(random: () => number): (bytes: Buffer, other: () => Buffer) => Buffer {
  const room = Buffer.alloc(2 * mostBytes);
  let length = 0;
  const below = (n: number) => Math.floor(random() * n);

  /** Makes room at `at` for so many bytes; what is pushed beyond the room is lost. */
  function open(at: number, many: number): number {
    const fits = Math.min(many, room.length - at);
    room.copyWithin(at + fits, at, Math.min(length, room.length - fits));
    length = Math.min(room.length, length + fits);
    return fits;
  }
  function change(other: () => Buffer): void {
    const at = below(length + 1);
    switch (below(8)) {
      case 0:
        for (let i = 1 + below(4); i > 0 && length > 0; i--) room[below(length)]! ^= 1 << below(8);
        return;
      case 1:
        length = at;
        return;
      case 2: {
        const end = Math.min(length, at + 1 + below(16));
        room.copyWithin(at, end, length);
        length -= end - at;
        return;
      }
      case 3: {
        const token = tokens[below(tokens.length)]!;
        token.copy(room, at, 0, open(at, token.length));
        return;
      }
      case 4: {
        const many = open(at, 1 + below(64));
        room.fill(odd[below(odd.length)]!, at, at + many);
        return;
      }
      case 5: {
        // A piece said again, many times: depth and length.
        const size = Math.min(length - at, 1 + below(12));
        const many = open(at, size * (1 + below(80)));
        for (let to = at; size > 0 && to < at + many; to += size)
          room.copyWithin(to, at + many, Math.min(at + many + size, at + many + length));
        return;
      }
      case 6: {
        const width = [1, 2, 4][below(3)]!;
        const figure = figures[below(figures.length)]! & (width === 4 ? -1 : (1 << (8 * width)) - 1);
        const [big, from] = [random() < 0.5, below(Math.max(1, length - width + 1))];
        for (let i = 0; i < width && from + i < length; i++) room[from + i] = figure >>> (8 * (big ? width - 1 - i : i));
        return;
      }
      default: {
        const lent = other();
        const from = below(lent.length);
        length = at + lent.copy(room, at, from, Math.min(lent.length, from + room.length - at));
      }
    }
  }

  return (bytes, other) => {
    length = bytes.copy(room, 0, 0, mostBytes);
    for (let i = 1 + below(4); i > 0; i--) {
      change(other);
      length = Math.min(length, mostBytes);
    }
    return Buffer.from(room.subarray(0, length));
  };
}
