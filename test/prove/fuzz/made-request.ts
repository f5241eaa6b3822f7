type Schema = {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  items?: Schema;
  minItems?: number;
  minLength?: number;
  minimum?: number;
  pattern?: string;
  format?: string;
};
type Operation = {
  parameters?: { name: string; in: string; schema?: Schema }[];
  requestBody?: { content?: Record<string, { schema?: Schema }> };
};
/** An OpenAPI document, as far as requests are made from it. */
export type Document = { paths?: Record<string, unknown>; components?: { schemas?: Record<string, unknown> } };

const methods = ['get', 'post', 'put', 'patch', 'delete'];
/** Texts that fit many a pattern. */
const words = [
  'a',
  'en',
  'R1',
  'a_1',
  'https://a.example',
  '2026-01-01',
  '2026-01-01T00:00:00Z',
  '10m',
  '0'.repeat(64),
  'AAAA',
  '12:00',
  '123456',
  '0.1.0',
  'a@b.example',
  '#ffffff',
];

/** One request for each route of an API, as right as its schema lets one guess: `METHOD path`, an empty line, the body. @param ids for the names in paths */
export function requestsOf(document: Document, ids: Record<string, string> = {}): string[] {
  const schemas = (document.components?.schemas ?? {}) as Record<string, Schema>;

  function guess(schema: Schema | undefined, depth = 0): unknown {
    if (!schema || depth > 8) return {};
    if (schema.$ref) return guess(schemas[schema.$ref.split('/').at(-1)!], depth + 1);
    if (schema.const !== undefined) return schema.const;
    if (schema.enum) return schema.enum[0];
    const of = schema.anyOf ?? schema.oneOf;
    if (of) return guess(of[0], depth + 1);
    if (schema.allOf) return Object.assign({}, ...schema.allOf.map((part) => guess(part, depth + 1)));
    switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
      case 'object':
        return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([key, part]) => [key, guess(part, depth + 1)]));
      case 'array':
        return [guess(schema.items, depth + 1)];
      case 'integer':
      case 'number':
        return Math.max(schema.minimum ?? 1, 1);
      case 'boolean':
        return true;
      case 'null':
        return null;
      case 'string':
        return wordFor(schema);
      default:
        return schema.properties ? guess({ ...schema, type: 'object' }, depth) : 'a';
    }
  }

  return Object.entries(document.paths ?? {}).flatMap(([path, operations]) =>
    methods.flatMap((method) => {
      const operation = (operations as Record<string, Operation>)[method];
      if (!operation) return [];
      const asked = (operation.parameters ?? [])
        .filter((one) => one.in === 'query')
        .map(({ name, schema }) => `${name}=${encodeURIComponent(String(guess(schema)))}`);
      const at = path.replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? 'a') + (asked.length > 0 ? `?${asked.join('&')}` : '');
      const schema = operation.requestBody?.content?.['application/json']?.schema;
      return [`${method.toUpperCase()} ${at}\n\n${schema ? JSON.stringify(guess(schema)) : ''}`];
    }),
  );
}

function wordFor({ pattern, minLength = 0, format }: Schema): string {
  if (format === 'uri') return 'https://a.example';
  const fits = pattern === undefined ? undefined : new RegExp(pattern);
  const word = words.find((one) => one.length >= minLength && (fits?.test(one) ?? true));
  return word ?? 'a'.repeat(Math.max(1, Math.min(minLength, 100)));
}

export type Asked = { method: string; path: string; body: string };

/** Such a request, read back out of changed bytes. @returns undefined for what no HTTP parser would hand on */
export function readRequest(bytes: Buffer): Asked | undefined {
  const [, method, path, body] = /^(GET|POST|PUT|PATCH|DELETE) (\/[!-~]*)\n\n(.*)$/s.exec(bytes.toString('utf8')) ?? [];
  return method && path ? { method, path, body: body ?? '' } : undefined;
}
