import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OpenAPIHono } from '@hono/zod-openapi';

const file = join(import.meta.dirname, '../../../../record/dist/verify.html');

/**
 * The page that checks a record in the browser, with no server: one file with its script in it, so it is let run what stands in it and
 * nothing else, and may talk to nobody.
 */
export function verifyPage(app: OpenAPIHono): void {
  app.get('/verify.html', async (c) => {
    const page = await readFile(file, 'utf8').catch(() => undefined);
    if (page === undefined) return c.text('The page is not built yet. Run “npm run build” and reload.', 503);
    return c.html(page, 200, {
      'content-security-policy':
        "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
  });
}
