import { tamperings } from '@wayside/record/rehearse';
import type { Hunt } from '../hunt-tampering.ts';
import type { Proof } from './proof.ts';
import { count, runs, total } from './read.ts';

export function tampering(): Proof {
  const { seeds, all } = runs<Hunt>('tampering.json');
  const tried = count(total(all, (hunt) => hunt.tried));
  const missed = count(total(all, (hunt) => hunt.missed.length));
  const honest = count(total(all, (hunt) => hunt.honest));
  const falseAlarms = count(total(all, (hunt) => hunt.falseAlarms));
  return {
    title: 'Tampering with records',
    command: 'npm run prove:tampering',
    promise: { en: 'Nobody changes a record unnoticed', zh: '记录被改动，一定会被发现' },
    done: {
      en: `true records changed in ${tamperings.length} ways and given to the verifier`,
      zh: `用 ${tamperings.length} 种手法改动真实记录，交给校验程序`,
    },
    came: {
      en: `${tried} changes, ${missed} missed; ${honest} true records, ${falseAlarms} called wrong`,
      zh: `改动 ${tried} 次，漏过 ${missed} 次；真实记录 ${honest} 份，误判 ${falseAlarms} 份`,
    },
    untried: {
      en: 'whoever holds the signing key in use now, and a quantum computer',
      zh: '掌握当前签名密钥的人，以及量子计算机',
    },
    detail: `It changes true records and asks the verifier. Run: seeds ${seeds}.

| what was done | tried |
| --- | ---: |
${tamperings.map((kind) => `| ${kind} | ${count(total(all, (hunt) => hunt.byKind[kind] ?? 0))} |`).join('\n')}
| **all** | **${tried}** |
| caught | ${count(total(all, (hunt) => hunt.caught))} |
| missed | ${missed} |
| true records, left alone | ${honest} |
| of them called wrong | ${falseAlarms} |

A seed draws the same records and changes again: \`npm run prove:tampering -- --seed 1 --count 50000\`. *Old key* signs a changed seal with a key that was in use before, which no
edge has any more.`,
  };
}
