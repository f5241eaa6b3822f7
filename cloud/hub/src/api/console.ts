import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import type { MiddlewareHandler } from 'hono';
import { createRoutes, type Doors, type Env } from './context.ts';

/** The page that checks a record in the browser, with no server. It is let run what stands in it, and may talk to nobody. */
const verifyFile = join(import.meta.dirname, '../../../../record/dist/verify.html');
export const verifyPolicy =
  "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const notBuilt = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Wayside hub</title>
<style>body{font:18px/1.5 system-ui,sans-serif;max-width:40rem;margin:10vh auto;padding:0 1rem}code{background:#eee;padding:.1em .3em}</style>
<h1>The hub is running</h1>
<p>Its console is not built yet. Run <code>npm run build</code> and load this page again. The API is described in <a href="openapi.json">openapi.json</a>.</p>
<h1 lang="zh-CN">服务中心正在运行</h1>
<p lang="zh-CN">控制台尚未构建。请运行 <code>npm run build</code>，然后刷新此页。接口说明见 <a href="openapi.json">openapi.json</a>。</p>
</html>
`;

/** The technicians' console at `/`, as built; until it is, a page that says how. Looked up at each request, so a build needs no restart. */
export function consoleRoutes({ config }: Doors) {
  const root = resolve(config.consoleDir);
  const index = join(root, 'index.html');
  // Made when the console is there: made before, it complains on standard error.
  let files: MiddlewareHandler<Env> | undefined;
  const makeFiles = () =>
    serveStatic<Env>({
      root,
      onFound: (path, c) => {
        // Vite names what it bundles by its content.
        c.header('Cache-Control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  const routes = createRoutes();
  routes.get('/verify.html', async (c) => {
    const page = await readFile(verifyFile, 'utf8').catch(() => undefined);
    if (page === undefined) return c.text('The page is not built yet. Run “npm run build” and reload.', 503);
    return c.html(page, 200);
  });
  routes.get('/', async (c) => {
    c.header('Cache-Control', 'no-cache');
    return c.html(existsSync(index) ? await readFile(index, 'utf8') : notBuilt, existsSync(index) ? 200 : 503);
  });
  routes.get('/*', (c, next) => {
    if (c.req.path.startsWith('/v1/') || !existsSync(index)) return next();
    files ??= makeFiles();
    return files(c, next);
  });
  return routes;
}
