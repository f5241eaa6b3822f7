import { expect, it } from 'vitest';
import { z } from 'zod';
import { later } from './later.ts';

/** A schema made later, and how often it was. */
function counted<T extends object>(make: () => T) {
  const made = { times: 0 };
  const schema = later(() => {
    made.times++;
    return make();
  });
  return { schema, made };
}

it('is made when it is first asked, once, and not by being a part of another', () => {
  const { schema, made } = counted(() => z.object({ a: z.number().max(5) }).strict());
  const list = z.object({ all: z.array(schema), one: schema });
  expect(made.times).toBe(0);
  expect(list.parse({ all: [{ a: 1 }], one: { a: 2 } })).toEqual({ all: [{ a: 1 }], one: { a: 2 } });
  expect(list.safeParse({ all: [{ a: 6 }], one: { a: 2 } }).error?.issues[0]?.path).toEqual(['all', 0, 'a']);
  expect(made.times).toBe(1);
});

it('then is what it stands for: its methods, its kind, its parts, its document', () => {
  const make = () => z.object({ kind: z.literal('a'), at: z.number().int().default(3) });
  const { schema } = counted(make);
  expect(schema instanceof z.ZodObject).toBe(true);
  expect(z.toJSONSchema(schema)).toEqual(z.toJSONSchema(make()));
  expect(Object.keys(schema.shape)).toEqual(['kind', 'at']);
  expect(schema.extend({ more: z.string() }).parse({ kind: 'a', more: 'x' })).toEqual({ kind: 'a', at: 3, more: 'x' });
  const other = counted(() => z.object({ kind: z.literal('b') }));
  const either = z.discriminatedUnion('kind', [counted(make).schema, other.schema]);
  expect(either.parse({ kind: 'b' })).toEqual({ kind: 'b' });
  expect('parse' in counted(make).schema).toBe(true);
});

it('says each time why it cannot be made', () => {
  const broken = later<{ x: number }>(() => {
    throw new Error('no');
  });
  for (let i = 0; i < 2; i++) expect(() => broken.x).toThrow('no');
});
