import { devices } from './devices/devices.ts';
import { sdk } from './devices/sdk.ts';
import { site } from './devices/site.ts';
import { telemetry } from './devices/telemetry.ts';
import { hvacMade } from './diagnosis/air-handler/hvac-made.ts';
import { healthyWeeks } from './diagnosis/healthy-weeks.ts';
import { hvacFdd } from './diagnosis/hvac-fdd.ts';
import { inference } from './diagnosis/inference.ts';
import { nab } from './diagnosis/nab.ts';
import { obdDrives } from './diagnosis/obd-drives.ts';
import { scenarios } from './diagnosis/scenarios-set.ts';
import { skab } from './diagnosis/skab.ts';
import { edge } from './edge.ts';
import { generator } from './generator.ts';
import { handoff } from './handoff.ts';
import { history } from './history.ts';
import { cast } from './hub/cast.ts';
import { castCost } from './hub/cast-cost.ts';
import { consoles } from './hub/consoles.ts';
import { edges } from './hub/edges.ts';
import { growth } from './hub/growth.ts';
import { hubIngest } from './hub/ingest.ts';
import { shared } from './hub/shared.ts';
import { ingest } from './ingest.ts';
import type { Bench } from './measure.ts';
import { record } from './record.ts';
import { search } from './search.ts';
import { support } from './support/support.ts';
import { turn } from './turn.ts';
import { clinc150 } from './understanding/clinc150.ts';
import { complaints } from './understanding/complaints.ts';
import { danger } from './understanding/danger.ts';
import { feelingsZh } from './understanding/feelings-zh.ts';
import { goemotions } from './understanding/goemotions.ts';
import { groundedness } from './understanding/groundedness.ts';
import { haIntents } from './understanding/ha-intents.ts';
import { hint3 } from './understanding/hint3.ts';
import { homeLlm } from './understanding/home-llm.ts';
import { kbDocs } from './understanding/kb-docs.ts';
import { macSlu } from './understanding/mac-slu.ts';
import { nhtsaRecalls } from './understanding/nhtsa-recalls.ts';
import { nlupp } from './understanding/nlupp.ts';
import { star } from './understanding/star.ts';
import { understandSet } from './understanding/understand.ts';
import { voice } from './voice/voice.ts';

/** What is measured, by group, in the order it is printed. `npm run bench:<group>` measures one; a new group is a line here and a script. */
export const groups: Readonly<Record<string, readonly Bench[]>> = {
  speed: [turn, handoff, edge, search, generator],
  diagnosis: [nab, skab, hvacFdd, hvacMade, obdDrives, scenarios, healthyWeeks, inference],
  understanding: [
    understandSet,
    clinc150,
    hint3,
    nlupp,
    goemotions,
    feelingsZh,
    haIntents,
    homeLlm,
    macSlu,
    star,
    nhtsaRecalls,
    kbDocs,
    groundedness,
    danger,
    complaints,
  ],
  devices: [telemetry, ingest, history, site, devices, sdk],
  hub: [hubIngest, shared, consoles, cast, castCost, edges, growth],
  support: [support],
  record: [record],
  voice,
};

export const sets: readonly Bench[] = Object.values(groups).flat();
