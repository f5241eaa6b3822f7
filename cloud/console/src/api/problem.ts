/** A refusal of the hub in its own words (RFC 9457 problem document), or `unreachable` when no answer came at all. */
export class HubError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, status: number, detail: string) {
    super(detail);
    this.name = 'HubError';
    this.code = code;
    this.status = status;
  }
}

/** The code of a refusal because the session is over: the sign-in stands before the page until somebody is in again. */
export const signedOut = 'signed-out';

/** The error for a response that is not a success. A body that is no problem document (a proxy's page) still gives a sentence. */
export async function problemOf(response: Response): Promise<HubError> {
  const body: unknown = await response.json().catch(() => null);
  const said = (typeof body === 'object' && body !== null ? body : {}) as { code?: unknown; detail?: unknown; title?: unknown };
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  const code = text(said.code) ?? (response.status === 401 ? 'unauthorized' : gateway.has(response.status) ? 'unreachable' : 'internal');
  return new HubError(code, response.status, text(said.detail) ?? text(said.title) ?? '');
}

/** What a reverse proxy answers while the hub behind it is away (RFC 9110 §15.6.3–15.6.5). */
const gateway = new Set([502, 503, 504]);
