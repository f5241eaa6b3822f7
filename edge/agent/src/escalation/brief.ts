import type { Brief, DtcReport, FaultReport, Handoff, Turn } from '@wayside/contract';
import type { Pack } from '@wayside/packs';
import type { Localized } from '@wayside/protocol';
import type { SessionState } from '../dialogue/state.ts';

/** Intents that say nothing about the trouble itself. */
const beside = new Set([
  'person',
  'hello',
  'thanks',
  'bye',
  'yes',
  'no',
  'unsure',
  'cancel',
  'repeat',
  'abilities',
  'identity',
  'elsewhere',
  'cost',
  'how-long',
  'takes',
  'simpler',
  'place',
  'ring',
  'remind',
  'parts',
]);

/**
 * What the person never has to say again: the problem in their own words, what is still open, what comes next. From what is known; no model.
 * @param mind how they felt, only where they agreed to have it told
 * @param emergency they told of one: nothing about the machine comes before it
 * @param halted what they said that stopped a step, and at which one
 */
export function briefOf(
  { transcript, faults, dtcs, steps }: Pick<Handoff, 'transcript' | 'faults' | 'dtcs' | 'steps'>,
  pack: Pack | undefined,
  mind: Brief['mind'],
  emergency = false,
  halted?: SessionState['halted'],
): Brief {
  const at = stoppedAt(halted, pack);
  const next = emergency ? outOfDanger : nextStep(faults, dtcs, steps, pack);
  return {
    said: theirWords(transcript),
    open: openQuestions(faults, pack),
    next: at ? { en: `${next.en} ${at.en}`, zh: `${next.zh}${at.zh}` } : next,
    ...(mind ? { mind } : {}),
  };
}

/** Where they were in a repair, and what they said there that is no word on how the step went. */
function stoppedAt(halted: SessionState['halted'], pack: Pack | undefined): Localized | undefined {
  const procedure = halted && pack?.procedures[halted.procedure];
  const place = procedure?.steps.findIndex(({ id }) => id === halted?.step) ?? -1;
  const step = procedure?.steps[place];
  if (!halted || !procedure || !step) return undefined;
  const [n, of] = [place + 1, procedure.steps.length];
  return {
    en: `They stopped at step ${n} of ${of} of “${procedure.title.en}” (${step.text.en}) and said: “${halted.said}”`,
    zh: `他们停在“${procedure.title.zh}”第 ${n} 步，共 ${of} 步（${step.text.zh}），并说：“${halted.said}”`,
  };
}

/** The first and the last they said of the trouble. */
function theirWords(transcript: readonly Turn[]): string[] {
  const told = transcript.filter(({ by, intent }) => by === 'operator' && !beside.has(intent ?? '')).map(({ text }) => text.slice(0, 300));
  return [...new Set([...told.slice(0, 1), ...told.slice(-2)])];
}

/** What nobody asked yet that would tell the likeliest causes apart, and what none of them explains. */
function openQuestions(faults: readonly FaultReport[], pack: Pack | undefined): Localized[] {
  const asked = new Set(faults.flatMap((fault) => fault.asked?.map(({ observation }) => observation) ?? []));
  const told = new Set(faults.flatMap(({ evidence }) => evidence.filter(({ kind }) => kind === 'observation').map(({ ref }) => ref)));
  const untold = faults.slice(0, 3).flatMap(({ fault }) => Object.keys(pack?.faults[fault]?.observations ?? {}));
  const questions = [...new Set(untold)]
    .filter((observation) => !asked.has(observation) && !told.has(observation))
    .flatMap((observation) => pack?.observations[observation]?.question ?? []);
  const strange = (faults[0]?.unexplained ?? []).map(({ title }) => ({ en: `Unexplained: ${title.en}`, zh: `无法解释：${title.zh}` }));
  return [...strange, ...questions].slice(0, 4);
}

const outOfDanger: Localized = {
  en: 'First make sure that everybody is out of danger and help has been called; then ask about the machine.',
  zh: '先确认所有人已脱离危险、已经报警求助，再谈设备。',
};

/** No fault is known; a code that stands is worth a look all the same. */
function askThem(dtcs: readonly DtcReport[]): Localized {
  const codes = dtcs.filter(({ state }) => state !== 'cleared').slice(0, 3);
  if (codes.length === 0)
    return { en: 'No fault was found: ask what they see, hear or smell.', zh: '未发现故障：请询问看到、听到或闻到了什么。' };
  const named = (language: 'en' | 'zh') => codes.map(({ code, title }) => (title ? `${code} (${title[language]})` : code));
  return {
    en: `No fault is certain, but it reports ${named('en').join(', ')}: look at its signals, and ask what they see, hear or smell.`,
    zh: `尚无确定的故障，但设备报告了 ${named('zh').join('、')}：请查看信号，并询问看到、听到或闻到了什么。`,
  };
}

/** What to do next, by how far it has come. */
function nextStep(faults: readonly FaultReport[], dtcs: readonly DtcReport[], steps: Handoff['steps'], pack: Pack | undefined): Localized {
  const top = faults[0];
  if (!top) return askThem(dtcs);
  const procedure = pack?.procedures[top.procedure ?? ''];
  const hold = top.safety === 'stop' ? { en: 'Keep it stopped. ', zh: '保持停用。' } : { en: '', zh: '' };
  const also = (en: string, zh: string): Localized => ({ en: hold.en + en, zh: hold.zh + zh });
  if (!procedure)
    return also('There is no repair for a layman: see it on site or in a workshop.', '没有适合用户自行处理的步骤：需现场或到店检查。');
  const tried = steps.filter((step) => step.procedure === top.procedure);
  const failed = tried.filter(({ outcome }) => outcome === 'failed').length;
  const left = procedure.steps.filter(({ id }) => !tried.some(({ step }) => step === id))[0];
  if (tried.length === 0)
    return also(`Begin “${procedure.title.en}”: ${left?.text.en ?? ''}`, `开始“${procedure.title.zh}”：${left?.text.zh ?? ''}`);
  if (left && failed < 2)
    return also(`Go on with “${procedure.title.en}”: ${left.text.en}`, `继续“${procedure.title.zh}”：${left.text.zh}`);
  const other = faults[1];
  return other
    ? also(
        `“${procedure.title.en}” did not help: check for “${other.title.en}”.`,
        `“${procedure.title.zh}”没有奏效：检查“${other.title.zh}”。`,
      )
    : also(
        `“${procedure.title.en}” did not help: doubt the cause and look at the signals.`,
        `“${procedure.title.zh}”没有奏效：原因可能有误，请看信号。`,
      );
}
