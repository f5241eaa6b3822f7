import { HubError, problemOf, signedOut } from './problem.ts';
import { reach } from './reach.ts';

let onSignedOut: () => void = () => {};

/** Says what to do when the hub answers that nobody is signed in. One listener: the app. */
export function whenSignedOut(listener: () => void): void {
  onSignedOut = listener;
}

/** The longest a person should look at a spinner before being told, in milliseconds. */
const patience = 15_000;

/**
 * One request to the hub, with the session's cookie.
 * @param body a file as it is, anything else as JSON
 * @param path below `/v1/`, relative, so the console also works behind a proxy's path
 * @throws HubError with the hub's own code and sentence; `unreachable` when there was no answer, `signedOut` when nobody is signed in any more
 */
export async function call<T>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T> {
  let response: Response;
  try {
    response = await fetch(`v1/${path}`, {
      method,
      headers: {
        accept: 'application/json',
        ...(body === undefined || body instanceof Blob ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: body instanceof Blob ? body : JSON.stringify(body) }),
      credentials: 'same-origin',
      signal: AbortSignal.timeout(patience),
    });
  } catch {
    reach.lost();
    throw new HubError('unreachable', 0, '');
  }
  if (response.ok) {
    reach.found();
    return (response.status === 204 ? undefined : await response.json().catch(() => undefined)) as T;
  }
  const problem = await problemOf(response);
  if (problem.code === 'unreachable') reach.lost();
  else reach.found();
  // Every page asks at some time; that nobody is signed in is said once, by who asks them to sign in again.
  if (response.status === 401 && !path.startsWith('auth/')) {
    onSignedOut();
    throw new HubError(signedOut, 401, problem.message);
  }
  throw problem;
}
