import { readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { type Locale, type Localized, locales, type ThingModel, WaysideError } from '@wayside/protocol';
import type { z } from 'zod';
import { checkPolicy } from './check/check-policy.ts';
import { checkWording } from './check/check-wording.ts';
import { checkReferences, type Parts } from './check/references.ts';
import { listFiles, type PackProblem, type Report, readText } from './files.ts';
import { parseYaml, readYaml } from './read.ts';
import { readPart, reportAtHome, splitParts } from './read-part.ts';
import * as schema from './schema.ts';
import { maxProblems, tell } from './tell.ts';

export type Article = { id: string; locale: Locale; title: string; faults: string[]; tags: string[]; sources: string[]; body: string };

/** What is known of an article without its text. */
export type ArticleHead = Omit<Article, 'body'>;

/** A thing family's knowledge, read and checked, as it serves. Parts a pack does not have are empty. */
export type Pack = {
  family: string;
  version: string;
  title: Localized;
  summary: Localized;
  licence: string;
  sources: string[];
  busyWhile?: schema.Condition[];
  monitorsRun?: { while: schema.Condition[]; for: string };
  /** People work at these things; absent means no. */
  workplace?: boolean;
  /** Its signals are those a device measures and, after them, the derived ones. */
  thing: ThingModel;
  /** Each after those it is derived from. */
  derived: schema.Derived[];
  symptoms: z.infer<typeof schema.symptomFile>['symptoms'];
  observations: Record<string, Omit<schema.Observation, 'said'>>;
  faults: Record<string, schema.FaultModel>;
  /** What people ask whether they may do to it by hand. */
  handling?: Record<string, schema.Handling>;
  /** Words of its trade, explained. */
  terms?: Record<string, schema.Term>;
  procedures: Record<string, schema.Procedure>;
  dtcs: z.infer<typeof schema.dtcFile>['dtcs'];
  dtcAreas?: NonNullable<z.infer<typeof schema.dtcFile>['areas']>;
  failureTypes?: NonNullable<z.infer<typeof schema.dtcFile>['failureTypes']>;
  /** What makes a code go; absent where that is not known. */
  codesCleared?: NonNullable<z.infer<typeof schema.dtcFile>['cleared']>;
  /** `dtcs-generic.csv` as it stands, a line `code,title` each, after a line break; see `meaningOfDtc`. */
  dtcList?: string;
  /** What it is made of; absent where nobody wrote that down. */
  components?: Record<string, schema.Component>;
  policy?: schema.Policy;
  recommendations?: schema.Recommendations;
  /** How what somebody goes through is acknowledged; the core's where a pack says nothing. */
  wording?: Partial<Record<Locale, schema.Wording>>;
  articles: ArticleHead[];
  /** The folder it was read from, absolute. */
  dir: string;
};

/**
 * A pack as it was read, with what is made ready beforehand: its phrases, which are compiled, what is said of its observations, which becomes examples, and
 * its articles, which go into the store.
 */
export type WholePack = Omit<Pack, 'articles' | 'observations'> & {
  phrases: Partial<Record<Locale, schema.PhraseFile>>;
  observations: Record<string, schema.Observation>;
  articles: Article[];
};

/**
 * Reads a family folder and checks every file by its schema and every reference by what it names.
 * @throws WaysideError `pack-invalid` that lists every problem (up to `maxProblems`) with its file, place and remedy
 */
export async function loadPack(dir: string): Promise<WholePack> {
  const { pack, problems } = await checkPack(dir);
  if (pack) return pack;
  throw new WaysideError('pack-invalid', tell(`The pack "${basename(resolve(dir))}" (${resolve(dir)})`, problems));
}

/** As `loadPack`, with the problems as a value. `pack` is there only when there are none. */
export async function checkPack(dir: string): Promise<{ pack?: WholePack; problems: PackProblem[] }> {
  const problems: PackProblem[] = [];
  const report: Report = (file, at, problem) => {
    if (problems.length < maxProblems) problems.push({ file, at, problem });
  };
  const root = resolve(dir);
  const isFolder = await stat(root).then(
    (s) => s.isDirectory(),
    () => false,
  );
  if (!isFolder) return { problems: [{ file: '.', at: '', problem: 'is not a folder: give the folder that holds pack.yaml' }] };

  const files = await listFiles(root, report);
  if (!files.has('pack.yaml')) report('pack.yaml', '', 'is missing: every pack has one, with family, version, title, summary and licence');
  reportStrangers(files, report);

  const read = async <S extends z.ZodType>(file: string, by: S, none: z.infer<S>): Promise<z.infer<S> | undefined> =>
    files.has(file) ? readYaml(by, root, file, report) : none;
  const head = files.has('pack.yaml') ? await readYaml(schema.packHead, root, 'pack.yaml', report) : undefined;
  const split = {
    symptoms: await readPart('symptoms', schema.symptomFile, { root, files, report }),
    observations: await readPart('observations', schema.observationFile, { root, files, report }),
    faults: await readPart('faults', schema.faultFile, { root, files, report }),
    procedures: await readPart('procedures', schema.procedureFile, { root, files, report }),
  };
  const dtcFile = await read('dtcs.yaml', schema.dtcFile, { source: 'none', dtcs: {} });
  const handlingFile = await read('handling.yaml', schema.handlingFile, { handling: {} });
  const termFile = await read('terms.yaml', schema.termFile, { terms: {} });
  const measured = await read('thing.yaml', schema.thingFile, { signals: {}, actions: {}, derived: {} });
  const derived = measured ? schema.readDerived(measured, report) : [];
  const parts: Parts = {
    busyWhile: head?.busyWhile ?? [],
    ...(head?.monitorsRun ? { monitorsRun: head.monitorsRun } : {}),
    thing: measured && schema.withDerived(measured, derived),
    symptoms: split.symptoms.entries,
    observations: split.observations.entries,
    faults: split.faults.entries,
    handling: handlingFile?.handling,
    terms: termFile?.terms,
    procedures: split.procedures.entries,
    dtcs: dtcFile?.dtcs,
    codesCleared: dtcFile?.cleared,
    components: undefined,
    recommendations: undefined,
    phrases: {},
    files,
    articles: await readArticles(root, files, report),
  };
  const dtcList = files.has(dtcListFile) ? await readDtcList(root, report) : undefined;
  const components = await read('components.yaml', schema.componentFile, { components: {} });
  parts.components = components?.components;
  const policy = files.has('policy.yaml') ? await readYaml(schema.policyFile, root, 'policy.yaml', report) : undefined;
  const recommendations = files.has('recommendations.yaml')
    ? await readYaml(schema.recommendationFile, root, 'recommendations.yaml', report)
    : undefined;
  parts.recommendations = recommendations;
  for (const locale of locales) {
    const file = `phrases/${locale}.yaml`;
    const phrases = files.has(file) ? await readYaml(schema.phraseFile, root, file, report) : undefined;
    if (phrases && phrases.language !== locale)
      report(file, 'language', `says "${phrases.language}" in the file for "${locale}": correct one of them`);
    if (phrases) parts.phrases[locale] = phrases;
  }
  const wording: NonNullable<Pack['wording']> = {};
  for (const locale of locales) {
    const file = `wording/${locale}.yaml`;
    const words = files.has(file) ? await readYaml(schema.wordingFile, root, file, report) : undefined;
    if (words && words.language !== locale)
      report(file, 'language', `says "${words.language}" in the file for "${locale}": correct one of them`);
    if (words) wording[locale] = words;
  }
  checkWording(wording, report);
  if (policy) checkPolicy(policy, { workplace: head?.workplace ?? false, faults: parts.faults }, report);
  checkReferences(parts, reportAtHome(split, report));

  const { thing, symptoms, observations, faults, handling, terms, procedures, dtcs, phrases, articles } = parts;
  const whole = head && thing && symptoms && observations && faults && handling && terms && procedures && dtcs && articles;
  if (!whole || problems.length > 0) return { problems };
  const pack: WholePack = {
    ...head,
    thing,
    derived,
    symptoms,
    observations,
    faults,
    handling,
    terms,
    procedures,
    dtcs,
    phrases,
    articles,
    dir: root,
  };
  if (components && Object.keys(components.components).length > 0) pack.components = components.components;
  if (policy) pack.policy = policy;
  if (wording.en) pack.wording = wording;
  if (recommendations) pack.recommendations = recommendations;
  if (dtcFile?.areas) pack.dtcAreas = dtcFile.areas;
  if (dtcFile?.failureTypes) pack.failureTypes = dtcFile.failureTypes;
  if (dtcFile?.cleared) pack.codesCleared = dtcFile.cleared;
  if (dtcList) pack.dtcList = dtcList;
  return { pack, problems };
}

/** The packs of a folder, and the ones that are not fit to be used, with why. */
export type Loaded = { packs: WholePack[]; broken: { dir: string; problems: PackProblem[] }[] };

/**
 * Loads every folder below `root` that has a `pack.yaml`. A broken one is told in `broken` and left out; the others load.
 * Two packs of one family: the first by folder name stands.
 */
export async function loadPacks(root: string): Promise<Loaded> {
  const { packs, broken }: Loaded = { packs: [], broken: [] };
  const entries = await readdir(root, { withFileTypes: true }).catch((cause: unknown) => {
    throw new WaysideError('not-found', `There is no folder of packs at ${resolve(root)}: correct the path.`, { cause });
  });
  for (const name of entries.map((entry) => entry.name).sort()) {
    const dir = join(resolve(root), name);
    const isPack = await stat(join(dir, 'pack.yaml')).then(
      (s) => s.isFile(),
      () => false,
    );
    if (!isPack) continue;
    const { pack, problems } = await checkPack(dir);
    const twin = pack && packs.find((other) => other.family === pack.family);
    if (twin)
      broken.push({
        dir,
        problems: [{ file: 'pack.yaml', at: 'family', problem: `"${twin.family}" is already in ${twin.dir}: keep one of the two` }],
      });
    else if (pack) packs.push(pack);
    else broken.push({ dir, problems });
  }
  return { packs, broken };
}

const dtcListFile = 'dtcs-generic.csv';

/** Titles of codes that nobody worded yet; a line is `code,title`. */
async function readDtcList(root: string, report: Report): Promise<string | undefined> {
  const text = (await readText(root, dtcListFile, report))?.replaceAll('\r', '').trim();
  for (const [i, line] of (text?.split('\n') ?? []).entries()) {
    if (!/^[PCBU][0-3][0-9A-F]{3},\S.{0,198}$/.test(line))
      report(dtcListFile, `line ${i + 1}`, 'is not a code, a comma and its title: correct it');
  }
  return text && `\n${text}`;
}

/** Every article of both languages, or undefined when one is broken (so that references to it are not also called missing). */
async function readArticles(root: string, files: Set<string>, report: Report): Promise<Article[] | undefined> {
  const articles: Article[] = [];
  let broken = false;
  for (const file of files) {
    const match = /^articles\/(en|zh)\/([^/]+)\.md$/.exec(file);
    if (!match) continue;
    const article = await readArticle(root, file, match[1] as Locale, report);
    if (article && article.id !== match[2]) report(file, 'id', `"${article.id}" is not the file's name: make them the same`);
    if (article) articles.push(article);
    else broken = true;
  }
  return broken ? undefined : articles;
}

async function readArticle(root: string, file: string, locale: Locale, report: Report): Promise<Article | undefined> {
  const text = await readText(root, file, report);
  if (text === undefined) return undefined;
  const parts = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n([\s\S]*))?$/.exec(text);
  if (!parts) {
    report(file, 'line 1', 'has no head: begin it with the article\'s id, title, faults, tags and sources between two "---" lines');
    return undefined;
  }
  const head = parseYaml(schema.articleHead, parts[1] as string, file, report, 1);
  const body = (parts[2] ?? '').trim();
  if (body === '') report(file, '', 'has no text below its head: write the article');
  return head && { ...head, locale, body };
}

const known = new Set(
  ['pack', 'thing', ...splitParts, 'components', 'dtcs', 'handling', 'policy', 'recommendations', 'terms'].map((name) => `${name}.yaml`),
);
const knownFolders = new Set<string>([...splitParts, 'phrases', 'wording', 'articles', 'tests', 'recordings', 'pictures']);

/** A misspelt file would be left out in silence, so a YAML or article that no part claims is a problem. */
function reportStrangers(files: Set<string>, report: Report): void {
  for (const file of files) {
    if (!file.includes('/') && /\.ya?ml$/.test(file) && !known.has(file)) {
      report(file, '', `is no part of a pack: rename it to one of ${[...known].join(', ')}, or remove it`);
    }
    const folder = /^([^/]+)\/.*\.ya?ml$/.exec(file)?.[1];
    if (folder && !knownFolders.has(folder))
      report(file, '', `lies in a folder that is no part of a pack: rename it to one of ${[...knownFolders].join(', ')}, or remove it`);
    if (/^phrases\/.*\.ya?ml$/.test(file) && !/^phrases\/(en|zh)\.yaml$/.test(file)) {
      report(file, '', 'is in no language we speak: it must be phrases/en.yaml or phrases/zh.yaml');
    }
    if (/^wording\/.*\.ya?ml$/.test(file) && !/^wording\/(en|zh)\.yaml$/.test(file)) {
      report(file, '', 'is in no language we speak: it must be wording/en.yaml or wording/zh.yaml');
    }
    if (/^articles\/.*\.md$/.test(file) && !/^articles\/(en|zh)\/[^/]+\.md$/.test(file)) {
      report(file, '', 'is in no language we speak: it must lie in articles/en or articles/zh');
    }
  }
}
