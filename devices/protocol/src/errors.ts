import { z } from 'zod';

/** The closed list of error codes, each with its HTTP status and whether trying again later can help. */
export const errorCodes = {
  invalid: { status: 400, retryable: false, title: 'The request is not valid' },
  unauthorized: { status: 401, retryable: false, title: 'Sign-in is needed' },
  forbidden: { status: 403, retryable: false, title: 'This is not allowed' },
  'not-found': { status: 404, retryable: false, title: 'Not found' },
  conflict: { status: 409, retryable: false, title: 'It has changed or is taken' },
  'too-large': { status: 413, retryable: false, title: 'Too large' },
  'rate-limited': { status: 429, retryable: true, title: 'Too many requests' },
  internal: { status: 500, retryable: true, title: 'Something broke here' },
  unavailable: { status: 503, retryable: true, title: 'Not available right now' },
  timeout: { status: 504, retryable: true, title: 'It took too long' },
  'storage-full': { status: 507, retryable: true, title: 'The disk is full' },
  'model-missing': { status: 503, retryable: false, title: 'A model is not here' },
  'model-corrupt': { status: 500, retryable: false, title: 'A model file is damaged' },
  'pack-invalid': { status: 400, retryable: false, title: 'A pack does not pass its check' },
  'port-in-use': { status: 500, retryable: false, title: 'A port is already in use' },
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** RFC 9457 problem document, with our closed `code` and `retryable` as extension members. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int().min(400).max(599),
  detail: z.string().optional(),
  instance: z.string().optional(),
  code: z.string(),
  retryable: z.boolean(),
});
export type Problem = z.infer<typeof problem>;

/**
 * A broken promise, as opposed to an expected outcome (which is a value).
 * `message` is public: it says what happened and what to do. What only the log may see goes into `cause`.
 */
export class WaysideError extends Error {
  readonly code: ErrorCode;
  readonly retryable: boolean;

  constructor(code: ErrorCode, message: string, options: { cause?: unknown; retryable?: boolean } = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.name = 'WaysideError';
    this.code = code;
    this.retryable = options.retryable ?? errorCodes[code].retryable;
  }
}

/** The RFC 9457 document for any thrown value. Only a WaysideError's own words leave the house. */
export function toProblem(error: unknown, instance?: string): Problem {
  const known = error instanceof WaysideError ? error : undefined;
  const code: ErrorCode = known?.code ?? 'internal';
  return {
    type: `urn:wayside:error:${code}`,
    title: errorCodes[code].title,
    status: errorCodes[code].status,
    ...(known ? { detail: known.message } : { detail: 'The cause is in the log under this time.' }),
    ...(instance === undefined ? {} : { instance }),
    code,
    retryable: known?.retryable ?? errorCodes[code].retryable,
  };
}
