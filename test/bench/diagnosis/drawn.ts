import type { FaultModel, Pack } from '@wayside/packs';
import { diagnose } from '../../../edge/agent/src/diagnosis/diagnose.ts';
import type { Known } from '../../../edge/agent/src/diagnosis/evidence.ts';
import { nextQuestion } from '../../../edge/agent/src/diagnosis/question.ts';
import { begin } from './hearing.ts';
import { personAt } from './person.ts';
import { strays } from './perturb.ts';
import { type Random, randomOf } from './random.ts';
import type { Verdict } from './verdicts.ts';

/**
 * How far the true chances lie from the pack's: standard deviation in logits. An expert's "0.7" is then anything from 0.54 to 0.82 in two
 * cases of three, and priors are off by a factor of two. Experts' estimates of such chances were found that far off, and networks built
 * on them to bear it (Pradhan et al., "The sensitivity of belief networks to imprecise probabilities", Artificial Intelligence 85, 1996).
 */
const misjudged = 0.7;

/** What shows without a cause: a symptom or a code, each for itself. */
const byChance = { symptom: 0.0005, code: 0.0005 };

/** More questions than this nobody answers. */
const patience = 6;

/**
 * One case drawn from what the pack claims rather than from how its scenarios play: a fault (or two), then what it shows, by chances that
 * are not quite the pack's. Faults that hardly ever set a code are met as often as the others, so this is much harder than the scenarios.
 */
export function drawnVerdict(pack: Pack, seed: number): Verdict {
  const random = randomOf(seed, `${pack.family} drawn`);
  const ids = Object.keys(pack.faults);
  const truth = [ids[seed % ids.length]!, ...(random.chance(strays.pairs) ? [random.pick(ids)] : [])];
  const { known, told } = drawShown(pack, [...new Set(truth)], random);
  const person = personAt(
    pack,
    truth.map((fault) => ({ expect: { fault, answers: {}, not: [] } })),
    random,
  );
  const look = () => diagnose({ faults: pack.faults, ...known });
  const unasked = look().ranked;
  for (const seen of person.tells) told.set(seen, { answer: 'yes', at: begin });
  let questions = 0;
  for (; questions < patience; questions++) {
    const answers = new Map([...told].map(([seen, { answer }]) => [seen, answer]));
    const question = nextQuestion(look(), pack.faults, pack.observations, answers);
    if (!question) break;
    told.set(question.observation, { answer: person.answers(question.observation), at: begin });
  }
  return {
    truth: [...new Set(truth)],
    unasked,
    asked: look().ranked,
    questions,
    heard: 0,
    falseAlarms: 0,
    seen: known.symptoms.size,
    judged: known.covered.size,
  };
}

function drawShown(pack: Pack, truth: readonly string[], random: Random): { known: Known; told: Known['observations'] } {
  const bare = random.chance(strays.bare);
  const shows = (linkOf: (fault: FaultModel) => number | undefined, leak: number) =>
    random.chance(1 - truth.reduce((quiet, id) => quiet * (1 - misjudge(linkOf(pack.faults[id]!) ?? 0, random)), 1 - leak));
  const watched = Object.keys(pack.symptoms).filter(() => !(bare && random.chance(strays.lacking)));
  const symptoms = watched.filter((id) => shows((fault) => fault.symptoms[id], byChance.symptom));
  const codes = Object.keys(pack.dtcs).filter((code) => shows((fault) => fault.dtcs[code], byChance.code));
  const told: Known['observations'] = new Map();
  const known: Known = {
    symptoms: new Map(symptoms.map((id) => [id, { active: true, since: begin, at: begin, signal: id }])),
    covered: new Set(watched),
    dtcs: codes.map((code) => ({ code, state: random.chance(0.7) ? 'confirmed' : 'pending', at: begin })),
    observations: told,
  };
  return { known, told };
}

function misjudge(link: number, random: Random): number {
  if (link <= 0) return 0;
  const logit = Math.log(link / (1 - Math.min(link, 0.99))) + misjudged * random.normal();
  return 1 / (1 + Math.exp(-logit));
}
