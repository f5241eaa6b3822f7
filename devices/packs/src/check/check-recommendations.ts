import type { Report } from '../files.ts';
import type { Figure } from '../schema/recommendation.ts';
import type { Parts, Refer } from './references.ts';

const file = 'recommendations.yaml';

/** The signals that a figure looks at. */
export const signalsOfFigure = (figure: Figure): string[] => {
  if ('latest' in figure) return [figure.latest];
  if ('mean' in figure) return [figure.mean];
  if ('least' in figure) return [figure.least];
  if ('most' in figure) return [figure.most];
  if ('hours' in figure) return [figure.hours.signal];
  if ('runs' in figure) return [figure.runs.signal, ...(figure.begins ? [figure.begins.signal] : [])];
  return [];
};

/** Reports recommendations that rest on nothing, name no figure, or offer what there is not. */
export function checkRecommendations(parts: Parts, report: Report, refer: Refer): void {
  const { recommendations: all, thing, faults, procedures, articles } = parts;
  if (!all) return;
  const articleIds = articles && Object.fromEntries(articles.map((article) => [article.id, article]));
  for (const [id, figure] of Object.entries(all.figures)) {
    const at = `figures.${id}`;
    for (const signal of signalsOfFigure(figure)) {
      refer(file, at, 'signal', signal, thing?.signals, 'thing.yaml');
      const type = thing?.signals[signal]?.type;
      if (type && type !== 'number' && ('latest' in figure || 'mean' in figure || 'least' in figure || 'most' in figure))
        report(file, at, `needs a number and "${signal}" is a ${type}: use hours or runs`);
    }
    if ('seen' in figure) refer(file, at, 'fault', figure.seen, faults, 'faults.yaml');
    if ('share' in figure)
      for (const other of [figure.share, figure.of]) {
        refer(file, at, 'figure', other, all.figures, 'figures');
        const meant = all.figures[other];
        if (meant && 'share' in meant) report(file, at, `is a share of "${other}", which is a share itself: name figures that are counted`);
      }
  }
  for (const [id, one] of Object.entries(all.recommendations)) {
    const at = `recommendations.${id}`;
    for (const [i, { figure }] of one.when.entries()) refer(file, `${at}.when.${i}`, 'figure', figure, all.figures, 'figures');
    for (const language of ['en', 'zh'] as const) {
      const named = [...one.because[language].matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);
      for (const name of named) refer(file, `${at}.because.${language}`, 'figure', name, all.figures, 'figures');
      if (named.length === 0) report(file, `${at}.because.${language}`, 'gives no figure: say in {braces} what it rests on');
    }
    if (!one.do && !one.article) report(file, at, 'says not how: give it a command under do, or an article');
    if (one.article) refer(file, `${at}.article`, 'article', one.article, articleIds, 'articles/');
    if (one.procedure) refer(file, `${at}.procedure`, 'procedure', one.procedure, procedures, 'procedures.yaml');
    if (!one.do) continue;
    refer(file, `${at}.do`, 'action', one.do.name, thing?.actions, 'thing.yaml');
    const action = thing?.actions[one.do.name];
    if (action?.risk === 'R3') report(file, `${at}.do`, `offers "${one.do.name}", which is R3 and never carried out: describe it in words`);
    for (const arg of Object.keys(one.do.args)) refer(file, `${at}.do.args`, 'argument', arg, action?.args, `the action "${one.do.name}"`);
  }
}
