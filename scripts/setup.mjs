// Everything `npm start` and `npm test` need before they can run, on a machine with only Node ≥ 20 and npm.
// Node built-ins only: nothing is installed yet when this runs the first time.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** `start`, `test`, `code` (all but the models) or, alone, `setup`. */
const purpose = process.argv.includes('--for') ? process.argv[process.argv.indexOf('--for') + 1] : 'setup';
const stamps = join(root, 'node_modules', '.wayside');
const say = (line) => process.stderr.write(`wayside setup: ${line}\n`);
const fail = (line) => {
  say(line);
  process.exit(1);
};

const [major] = process.versions.node.split('.').map(Number);
if (major < 20)
  fail(`Node ${process.versions.node} is too old to begin with; install Node 20 or newer. (The project then runs on its own Node 24.)`);

/** Files that decide whether a step must run again: a hash of names, sizes and, for small ones, contents. */
function fingerprint(paths) {
  const hash = createHash('sha256');
  const visit = (path) => {
    const info = statSync(path, { throwIfNoEntry: false });
    if (!info) return;
    if (info.isDirectory()) {
      for (const name of readdirSync(path).sort())
        if (name !== 'node_modules' && name !== 'dist' && !name.includes('.test.')) visit(join(path, name));
    } else hash.update(relative(root, path)).update(readFileSync(path));
  };
  for (const path of paths) visit(join(root, path));
  return hash.digest('hex');
}

/** Runs a step unless its inputs are as they were when it last succeeded. Shows that it is alive. */
async function step(name, title, inputs, ready, act) {
  const stamp = join(stamps, name);
  const print = fingerprint(inputs);
  if (ready() && existsSync(stamp) && readFileSync(stamp, 'utf8') === print) return;
  const started = Date.now();
  say(`${title} …`);
  const beat = setInterval(() => say(`${title} … ${Math.round((Date.now() - started) / 1000)} s`), 15_000);
  try {
    await act();
  } finally {
    clearInterval(beat);
  }
  mkdirSync(stamps, { recursive: true });
  writeFileSync(stamp, print);
  say(`${title}: done in ${Math.round((Date.now() - started) / 1000)} s`);
}

function run(command, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    let tail = '';
    const keep = (data) => {
      tail = (tail + data).slice(-4_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(tail))));
  });
}

/** npm as the package manager that started us, else the one on the PATH. */
const npm = process.env.npm_execpath ? [process.execPath, [process.env.npm_execpath]] : ['npm', []];
const workspaces = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).workspaces;

const node24 = join(root, 'node_modules', '.bin', 'node');
await step(
  'install',
  'installing packages (about a minute, once)',
  ['package.json', 'package-lock.json', ...workspaces.map((w) => `${w}/package.json`)],
  () => existsSync(node24),
  async () => {
    // The lock file pins every version; --no-save because a mirror that lacks some platform's optional build must not rewrite it.
    await run(npm[0], [...npm[1], 'install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], {
      NODE_ENV: 'development',
      ONNXRUNTIME_NODE_INSTALL: 'skip',
      NODE_LLAMA_CPP_SKIP_DOWNLOAD: 'true',
    }).catch((error) =>
      fail(
        `npm could not install the packages. It said:\n${error.message}\nCheck that the npm registry can be reached, then run the same command again; nothing needs cleaning up.`,
      ),
    );
  },
);

const version = spawnSync(node24, ['--version'], { encoding: 'utf8' }).stdout?.trim();
if (!version?.startsWith('v24.')) {
  // npm ≥ 11 asks before a package may run its install script; `allowScripts` in package.json grants it to `node` alone.
  say(`the project's own Node 24 did not unpack (${version ?? 'nothing there'}); asking npm to run its install script`);
  await run(npm[0], [...npm[1], 'rebuild', 'node', '--ignore-scripts=false']).catch((error) =>
    fail(`Node 24 could not be unpacked:\n${error.message}`),
  );
}

const devices = ['protocol', 'packs', 'sdk', 'create', 'simulators'].map((name) => `devices/${name}/src`);
for (const [name, title, folder, also, made] of [
  ['verify', 'building the page that checks records', 'record/page', ['record/src'], '../dist/verify.html'],
  ['panel', 'building the panel', 'edge/panel', ['edge/agent/src/api/types.ts', 'cloud/contract/src', 'web'], 'index.html'],
  ['console', 'building the console', 'cloud/console', ['cloud/hub/src/api/types.ts', 'cloud/contract/src', 'web'], 'index.html'],
  [
    'cli',
    'bundling hub, edge and commands',
    'cli',
    [...devices, 'cloud/contract/src', 'cloud/hub/src', 'edge/agent/src', 'models/src', 'record/src', 'sqlite/src'],
    'wayside.cjs',
  ],
]) {
  await step(
    name,
    title,
    [folder, ...also, 'package-lock.json'],
    () => existsSync(join(root, folder, made.startsWith('..') ? made : `dist/${made}`)),
    () =>
      run(node24, [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'warn', folder]).catch((error) =>
        fail(`${title[0].toUpperCase()}${title.slice(1)} failed:\n${error.message}`),
      ),
  );
}

// Models come last: whatever cannot be had is named with the way to get it, and the system starts without it. After a failure
// the next try is a day away, so that a machine without a network starts in seconds all the same.
const tried = join(stamps, 'models-failed');
const day = 86_400_000;
if (purpose === 'setup' || (purpose !== 'code' && Date.now() - (statSync(tried, { throwIfNoEntry: false })?.mtimeMs ?? 0) > day)) {
  const pull = ['--disable-warning=ExperimentalWarning', join(root, 'cli/dist/wayside.cjs'), 'models', 'pull', '--if-missing'];
  // The tests want those too that nobody needs to begin with, so that none is skipped.
  const pulls = [pull, ...(purpose === 'test' ? [[...pull, 'flite', 'piper-joe', 'whisper-base']] : [])];
  const status = Math.max(...pulls.map((each) => spawnSync(node24, each, { cwd: root, stdio: ['ignore', 2, 2] }).status ?? 1));
  if (status === 0) rmSync(tried, { force: true });
  else writeFileSync(tried, '');
}
if (existsSync(tried) && purpose !== 'code')
  say(
    'not all models could be fetched lately; all else works without them (“npm run wayside -- models doctor” names them, “npm run setup” tries again)',
  );
if (purpose === 'setup') say('all is ready');
