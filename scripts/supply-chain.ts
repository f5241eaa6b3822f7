// `npm run supply-chain`: what Wayside is made of, as a CycloneDX list for whoever ships it, and whether anything of it is known to be unsafe.
// Without a registry that answers, the list is written all the same, and it is said that nobody was asked.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Accepted, type Audit, judgeAdvisories } from './judge-advisories.ts';

const root = dirname(import.meta.dirname);
const npm = (...args: string[]) =>
  spawnSync('npm', args, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28, timeout: 120_000, shell: process.platform === 'win32' });

const bill = npm('sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev');
if (bill.status !== 0) {
  process.stderr.write(`The list of parts could not be made: ${bill.stderr}\n`);
  process.exit(1);
}
const file = join(root, 'dist', 'sbom.cdx.json');
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, bill.stdout);
process.stdout.write(`${JSON.parse(bill.stdout).components.length} parts: ${file}\n`);

const accepted = JSON.parse(readFileSync(join(root, 'scripts', 'accepted-advisories.json'), 'utf8')) as Accepted[];
const asked = npm('audit', '--omit=dev', '--audit=true', '--json');
const audit = readAudit(asked.stdout);
if (!audit) {
  process.stderr.write(
    '\n*** NOT AUDITED: the registry gave no answer on advisories. Nothing is known of the safety of these parts. ***\n',
  );
} else {
  const { open, needless } = judgeAdvisories(audit, accepted, new Date().toISOString().slice(0, 10));
  for (const one of open) process.stderr.write(`✗ ${one}\n`);
  for (const one of needless) process.stdout.write(`accepted, but not found any more: ${one}\n`);
  process.stdout.write(open.length === 0 ? 'no advisory that was not looked at and accepted\n' : `${open.length} to look at\n`);
  process.exitCode = open.length === 0 ? 0 : 1;
}

/** @returns undefined when it is no report: no network, or a registry that does not know the question */
function readAudit(text: string): Audit | undefined {
  try {
    const value = JSON.parse(text) as Audit;
    return value.vulnerabilities ? value : undefined;
  } catch {
    return undefined;
  }
}
