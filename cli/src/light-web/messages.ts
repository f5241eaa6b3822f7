import { LightHeaders } from './headers.ts';

type Source = string | Uint8Array | ArrayBuffer | Blob | ReadableStream<Uint8Array> | null | undefined;
type Init = { headers?: ConstructorParameters<typeof LightHeaders>[0]; body?: Source };

/** What requests and responses have in common: headers, and a body that is read once. */
class Message {
  readonly headers: LightHeaders;
  readonly body: ReadableStream<Uint8Array> | null;
  #used = false;

  constructor(source: Source, headers: Init['headers']) {
    this.headers = new LightHeaders(headers);
    this.body = streamOf(source);
    const type = typeof source === 'string' ? 'text/plain;charset=UTF-8' : source instanceof Blob ? source.type : '';
    if (type && !this.headers.has('content-type')) this.headers.set('content-type', type);
  }
  get bodyUsed(): boolean {
    return this.#used;
  }
  async bytes(): Promise<Uint8Array> {
    if (this.#used || this.body?.locked) throw new TypeError('The body has been read already.');
    if (!this.body) return new Uint8Array();
    this.#used = true;
    const pieces: Uint8Array[] = [];
    for await (const piece of this.body) pieces.push(piece);
    return Uint8Array.from(Buffer.concat(pieces));
  }
  async arrayBuffer(): Promise<ArrayBufferLike> {
    return (await this.bytes()).buffer;
  }
  async text(): Promise<string> {
    return new TextDecoder().decode(await this.bytes());
  }
  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }
  async blob(): Promise<Blob> {
    return new Blob([await this.arrayBuffer()] as BlobPart[], { type: this.headers.get('content-type') ?? '' });
  }
}

function streamOf(source: Source): ReadableStream<Uint8Array> | null {
  if (source === null || source === undefined) return null;
  if (source instanceof ReadableStream) return source;
  return (source instanceof Blob ? source : new Blob([source] as BlobPart[])).stream();
}

/** The platform's `Request` as far as a server needs it: no cache, no credentials, no forms. */
export class LightRequest extends Message {
  readonly url: string;
  readonly method: string;
  readonly signal: AbortSignal;

  constructor(input: string | URL | LightRequest, init: Init & { method?: string; signal?: AbortSignal } = {}) {
    const before = input instanceof LightRequest ? input : undefined;
    super(init.body ?? before?.body, init.headers ?? before?.headers);
    this.url = before?.url ?? new URL(String(input)).href;
    this.method = (init.method ?? before?.method ?? 'GET').toUpperCase();
    this.signal = init.signal ?? before?.signal ?? new AbortController().signal;
    if (this.body && (this.method === 'GET' || this.method === 'HEAD')) throw new TypeError(`${this.method} has no body.`);
  }
}

const bodiless: ReadonlySet<number> = new Set([204, 205, 304]);

/** The platform's `Response` as far as a server needs it. */
export class LightResponse extends Message {
  readonly status: number;
  readonly statusText: string;

  constructor(body?: Source, init: Omit<Init, 'body'> & { status?: number; statusText?: string } = {}) {
    super(body, init.headers);
    this.status = init.status ?? 200;
    this.statusText = init.statusText ?? '';
    if (!(this.status >= 200 && this.status <= 599)) throw new RangeError(`${this.status} is not a status of a response.`);
    if (this.body && bodiless.has(this.status)) throw new TypeError(`A response with status ${this.status} has no body.`);
  }
  get ok(): boolean {
    return this.status < 300;
  }
}
