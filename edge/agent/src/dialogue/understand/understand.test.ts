import { loadPack, packsRoot } from '@wayside/packs';
import { describe, expect, it, vi } from 'vitest';
import type { Passage } from '../../knowledge/knowledge.ts';
import { compileGrammar } from '../grammar/compile-grammar.ts';
import { createGrammar } from '../grammar/grammar.ts';
import { newState } from '../state.ts';
import type { Meant } from './classify.ts';
import { understand } from './understand.ts';

const packs = [await loadPack(`${packsRoot}/core`), await loadPack(`${packsRoot}/vehicle`)];
const grammar = createGrammar(compileGrammar(packs));
const passage = { article: 'battery', matched: 0.9 } as Passage;

/** What each rung below the templates would say, and whether it was asked. */
function rungs({ meant, found }: { meant?: Meant; found?: Passage } = {}) {
  const classify = vi.fn(async () => meant);
  const search = vi.fn(async () => (found ? [found] : []));
  const hear = (text: string, state = newState('en', 'car-1')) =>
    understand(text, { now: 0, grammar, classify, knowledge: { search }, state, locale: 'en', family: 'vehicle', faults: [] });
  return { classify, search, hear };
}

describe('the ladder', () => {
  it('asks no model where a template matches, and no article where the model knows what is wanted of the talk', async () => {
    const first = rungs({ meant: { intent: 'person', slots: {}, confidence: 0.9 }, found: passage });
    expect(await first.hear('Why is the check engine light on?')).toMatchObject({ kind: 'intent', intent: 'why', confidence: 1 });
    expect(first.classify).not.toHaveBeenCalled();
    expect(await first.hear('let a grown-up deal with my battery')).toMatchObject({ kind: 'intent', intent: 'person', confidence: 0.9 });
    expect(first.search).not.toHaveBeenCalled();
  });

  it('lets the article speak of the matter a sentence names, and the model for a sentence that names none', async () => {
    const meant = { intent: 'howto', slots: {}, confidence: 0.9 };
    expect(await rungs({ meant, found: passage }).hear('walk me through jump starting')).toMatchObject({ kind: 'question' });
    expect(await rungs({ meant }).hear('walk me through getting this sorted')).toMatchObject({ kind: 'intent', intent: 'howto' });
  });

  it('leaves a long sentence that begins with how somebody feels to the model', async () => {
    const meant = { intent: 'howto', slots: {}, confidence: 0.9 };
    const text = 'I am very nervous, you will have to take me by the hand through all of it';
    expect(await rungs({ meant }).hear(text)).toMatchObject({ intent: 'howto' });
    expect(await rungs({ meant }).hear('I am very nervous')).toMatchObject({ intent: 'safe' });
  });

  it('takes the question whether it is mended for one, and not for the word that it is', async () => {
    const meant = { intent: 'mended', slots: { answer: 'yes' }, confidence: 0.9 };
    expect(await rungs().hear('all good now?')).toMatchObject({ intent: 'status', slots: {} });
    expect(await rungs({ meant }).hear('sorted?')).toMatchObject({ intent: 'status', slots: {} });
    expect(await rungs().hear('all good now')).toMatchObject({ intent: 'mended', slots: { answer: 'yes' } });
    const done = { intent: 'howto', slots: { step: 'done' }, confidence: 0.9 };
    expect(await rungs({ meant: done }).hear('整好了没')).toMatchObject({ intent: 'status' });
    expect(await rungs().hear('better?')).toMatchObject({ intent: 'status' });
    expect(await rungs().hear('这回妥了吧')).toMatchObject({ intent: 'status' });
    expect(await rungs().hear('就这么搁着成吗')).toMatchObject({ kind: 'unknown' });
    expect(await rungs().hear('done, what is next?')).toMatchObject({ intent: 'howto' });
  });

  it('reads a sentence that means nothing once more in the words of all', async () => {
    const plainly = vi.fn((text: string) => text.replace('佢做乜嘢事', '它怎么了'));
    const hear = (text: string) =>
      understand(text, {
        now: 0,
        grammar,
        plainly,
        knowledge: { search: async () => [] },
        state: newState('zh', 'car-1'),
        locale: 'zh',
        family: 'vehicle',
        faults: [],
      });
    expect(await hear('佢做乜嘢事')).toMatchObject({ kind: 'intent', intent: 'why', heard: '佢做乜嘢事' });
    expect(plainly).toHaveBeenCalledTimes(1);
    expect(await hear('为什么')).toMatchObject({ intent: 'why' });
    expect(plainly).toHaveBeenCalledTimes(1);
  });

  it('hears danger where no template is sure, and asks the ear for it nowhere else', async () => {
    const danger = { kind: 'match', intent: 'emergency', slots: { hazard: 'gas' }, family: 'core', exact: false, confidence: 0.9 } as const;
    const hearDanger = vi.fn(async () => danger);
    const hear = (text: string) =>
      understand(text, {
        now: 0,
        grammar,
        hearDanger,
        knowledge: { search: async () => [] },
        state: newState('en', 'car-1'),
        locale: 'en',
        family: 'vehicle',
        faults: [],
      });
    expect(await hear('it stinks of eggs in here and my head swims')).toMatchObject({ intent: 'emergency', slots: { hazard: 'gas' } });
    expect(hearDanger).toHaveBeenCalledTimes(1);
    expect(await hear('why is the light on')).toMatchObject({ intent: 'why' });
    expect(await hear('get me a technician')).toMatchObject({ intent: 'person' });
    expect(hearDanger).toHaveBeenCalledTimes(1);
  });

  it('hears a complaint, and the wish for a person in it where the model knows one', async () => {
    const text = 'you people are useless, put somebody with a brain on';
    expect(await rungs().hear(text)).toMatchObject({ intent: 'complain', slots: { about: 'service' } });
    const person = { intent: 'person', slots: {}, confidence: 0.9 };
    expect(await rungs({ meant: person }).hear(text)).toMatchObject({ intent: 'person' });
    const state = { ...newState('en', 'car-1'), procedure: { thing: 'car-1', id: 'jump' } };
    expect(await rungs().hear('I have no spanner', state)).toMatchObject({ intent: 'midway', slots: { midway: 'lacks' } });
    expect(await rungs({ meant: person }).hear('I have no spanner, put somebody on', state)).toMatchObject({ intent: 'person' });
    expect(await rungs({ meant: person }).hear('it smells burnt now', state)).toMatchObject({ intent: 'emergency' });
  });

  it('hears no complaint of who tries a step once more, nor a missing part in a sentence about another matter', async () => {
    expect(await rungs().hear('等一下，我刚才可能没弄对，我再试一次')).toMatchObject({ intent: 'howto' });
    const state = { ...newState('en', 'car-1'), procedure: { thing: 'car-1', id: 'jump' } };
    expect(await rungs().hear('I do not see the car of my wife', state)).not.toMatchObject({ intent: 'midway' });
    expect(await rungs().hear('I can not find the lever', state)).toMatchObject({ slots: { midway: 'where' } });
    expect(await rungs().hear('the water does not reach the socket', state)).not.toMatchObject({ slots: { midway: 'where' } });
  });

  it('takes words that only another machine’s sentences know for the one at hand, where they surely mean something there', async () => {
    const here = { intent: 'signal', slots: { signal: 'room_temperature' }, confidence: 0.9 };
    const search = async () => [];
    const car = { id: 'car-1', title: 'Car', family: 'vehicle' };
    const hear = (classify: () => Promise<Meant | undefined>, named: string[] = [], things = [car]) =>
      understand('what is the engine speed', {
        ...{
          now: 0,
          grammar,
          classify,
          knowledge: { search },
          state: newState('en', 'heat-pump-1'),
          locale: 'en',
          faults: [],
          named,
          things,
        },
        family: 'home-hvac',
      });
    expect(await hear(async () => here)).toMatchObject({ intent: 'signal', slots: here.slots, family: 'home-hvac' });
    expect(await hear(async () => undefined)).toMatchObject({ intent: 'signal', family: 'vehicle' });
    expect(await hear(async () => here, ['vehicle'])).toMatchObject({ intent: 'signal', family: 'vehicle' });
    // Where there is no car, nobody asks after one.
    expect(await hear(async () => undefined, [], [])).toMatchObject({ kind: 'unknown' });
  });

  it('goes on to the articles where the model is not sure, and to nothing where they have nothing', async () => {
    const sentence = 'how long does a battery last';
    expect(await rungs({ found: passage }).hear(sentence)).toMatchObject({ kind: 'question', passages: [passage] });
    expect(await rungs().hear(sentence)).toMatchObject({ kind: 'unknown', heard: sentence });
  });

  it('hears danger before any model does', async () => {
    const ladder = rungs({ meant: { intent: 'thanks', slots: {}, confidence: 1 } });
    expect(await ladder.hear('well thanks a lot, now there is smoke coming out of the dashboard')).toMatchObject({ intent: 'emergency' });
    expect(ladder.classify).not.toHaveBeenCalled();
  });

  it('takes what the model understood as it takes a template: a no answers the question that was put', async () => {
    const state = { ...newState('en', 'car-1'), pendingQuestion: { thing: 'car-1', observation: 'engine-shakes' } };
    expect(
      await rungs({ meant: { intent: 'no', slots: {}, confidence: 0.94 } }).hear('I would rather say the opposite is true', state),
    ).toMatchObject({
      kind: 'answer',
      observation: 'engine-shakes',
      answer: 'no',
      confidence: 0.94,
    });
  });

  it('takes "you do it" for a yes to what was proposed, and in a step for a wish that it be done', async () => {
    const begun = { ...newState('zh', 'car-1'), procedure: { thing: 'car-1', id: 'p' } };
    expect(await rungs().hear('你帮我弄吧', begun)).toMatchObject({ intent: 'command', slots: {} });
    const proposed = { ...begun, pendingCommand: { thing: 'car-1', name: 'clear-dtc', args: {}, origin: { kind: 'asked' as const } } };
    expect(await rungs().hear('好，你弄吧', proposed)).toMatchObject({ intent: 'yes' });
    expect(await rungs().hear('你帮我弄吧')).toMatchObject({ intent: 'howto' });
  });

  it('takes "no, the rear one" for the signal like the one asked for before', async () => {
    const wheel = (row: number) => `Vehicle.Chassis.Axle.Row${row}.Wheel.Left.Tire.Pressure`;
    const state = { ...newState('en', 'car-1'), lastSignal: wheel(1) };
    const about = { now: 0, grammar, knowledge: { search: async () => [] }, state, locale: 'en', family: 'vehicle', faults: [] } as const;
    const heard = await understand('no, the rear one', { ...about, signals: packs[1]!.thing.signals });
    expect(heard).toMatchObject({ kind: 'intent', intent: 'signal', slots: { signal: wheel(2) }, family: 'vehicle' });
  });

  it('gives a sign the model found to the family it is of', async () => {
    const meant = { intent: 'observe', slots: { observation: 'engine-shakes', answer: 'yes' }, confidence: 0.9 };
    expect(await rungs({ meant }).hear('it judders something terrible when idling')).toMatchObject({
      family: 'vehicle',
      slots: meant.slots,
    });
  });
});
