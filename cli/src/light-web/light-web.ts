import { LightHeaders } from './headers.ts';
import { LightRequest, LightResponse } from './messages.ts';

/**
 * Puts light classes in the place of the platform's `Headers`, `Request` and `Response`, before anything else is loaded. Node makes its own when one of them
 * is first named, together with all of `fetch` and TLS: nine megabytes and a twentieth of a second for what an HTTP server needs of them. `fetch` itself
 * stays Node's and is loaded when it is called. They are assigned, not defined: whoever asks for the property that is there makes Node load it.
 */
export function becomeLightWeb(): void {
  Object.assign(globalThis, { Headers: LightHeaders, Request: LightRequest, Response: LightResponse });
}
