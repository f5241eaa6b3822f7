import type { Connection } from './connection.ts';
import type { Table } from './controllers.ts';
import { type Block, isBits } from './registers.ts';

/** MODBUS Application Protocol 1.1b3, chapter 6. */
const functions: Record<Table, number> = { coil: 1, discrete: 2, holding: 3, input: 4 };
const [writeCoil, writeRegisters] = [5, 16];

/** The bytes of a block. @throws as `ask` of the connection */
export async function read(connection: Connection, unit: number, { table, from, count }: Block): Promise<Buffer> {
  const asked = Buffer.alloc(4);
  asked.writeUInt16BE(from, 0);
  asked.writeUInt16BE(count, 2);
  const answer = await connection.ask(unit, functions[table], asked);
  const bytes = isBits(table) ? Math.ceil(count / 8) : 2 * count;
  if (answer[0] !== bytes || answer.length !== 1 + bytes) throw new Error('it answered more or less than was asked');
  return answer.subarray(1);
}

/** Sets one coil, or the registers of one number. @throws as `ask` of the connection */
export function write(connection: Connection, unit: number, table: Table, address: number, length: number, bytes: Buffer): Promise<Buffer> {
  const head = Buffer.alloc(isBits(table) ? 4 : 5);
  head.writeUInt16BE(address, 0);
  if (isBits(table)) {
    head.writeUInt16BE(bytes[0] === 1 ? 0xff00 : 0, 2);
    return connection.ask(unit, writeCoil, head);
  }
  head.writeUInt16BE(length, 2);
  head[4] = bytes.length;
  return connection.ask(unit, writeRegisters, Buffer.concat([head, bytes]));
}

/** A block in words, for a log. */
export const wordsOf = ({ table, from, count }: Block): string => `${table} ${from}${count > 1 ? `–${from + count - 1}` : ''}`;
