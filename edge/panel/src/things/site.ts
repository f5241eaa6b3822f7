import type { Edge } from '../api/edge.ts';
import { openStream, type StreamOptions } from '../api/stream.ts';
import type { AdviceView, Fault, Reading, RecommendationView, SiteEvent, Status, ThingView, VisitView } from '../api/types.ts';

/** All that is known of this site. The same objects until they change, so that only what changed is drawn again. */
export type SiteView = {
  /** Undefined until the edge has said it once. */
  things: readonly ThingView[] | undefined;
  faults: readonly Fault[];
  status: Status | undefined;
  /** What the agent says before anyone asks, the gravest first. */
  advice: readonly AdviceView[];
  /** Counts up with each repair that is watched or decided: then ask again. */
  repairNews: number;
  /** What is worth doing that no fault calls for. */
  recommendations: readonly RecommendationView[];
  /** Technicians who look at a machine live now. */
  visits: readonly VisitView[];
};

export type SiteOptions = { edge: Edge; stream?: (options: StreamOptions) => () => void };

type Readings = { thing: string; signals: Record<string, Reading> };

/** What the panel hears of the site. */
const heard: readonly SiteEvent['event'][] = ['faults', 'things', 'readings', 'status', 'advice', 'repair', 'recommendations', 'visits'];
/** Ten machines at ten readings a second would redraw the screen a hundred times a second; nobody reads faster than this. */
const drawEveryMs = 250;
/** Status comes by the stream when it changes; asking now and then finds an edge that vanished without a word. */
const askEveryMs = 10_000;

/** The site as the edge tells it: fetched once, then kept current by the event stream. */
export class Site {
  private view: SiteView = { things: undefined, faults: [], status: undefined, advice: [], repairNews: 0, recommendations: [], visits: [] };
  private readonly options: Required<SiteOptions>;
  private readonly listeners = new Set<() => void>();
  private readonly readers = new Set<(readings: Readings) => void>();
  private arrived = new Map<string, Readings['signals']>();
  private drawing: ReturnType<typeof setTimeout> | undefined;
  private asking: ReturnType<typeof setInterval> | undefined;
  private closeStream = () => {};

  constructor(options: SiteOptions) {
    this.options = { stream: openStream, ...options };
  }

  snapshot = (): SiteView => this.view;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** The newest readings as they come, for a chart. */
  onReadings = (reader: (readings: Readings) => void): (() => void) => {
    this.readers.add(reader);
    return () => this.readers.delete(reader);
  };

  start(): void {
    this.closeStream = this.options.stream({
      url: this.options.edge.url(`v1/events?only=${heard.join(',')}`),
      events: heard,
      onEvent: (event, data) => this.happened({ event, data } as SiteEvent),
      onOpen: () => void this.refresh(),
      onLost: () => void this.askStatus(),
    });
    this.asking = setInterval(() => void this.askStatus(), askEveryMs);
    void this.refresh();
  }

  stop(): void {
    this.closeStream();
    clearInterval(this.asking);
    clearTimeout(this.drawing);
    this.drawing = undefined;
  }

  /** Everything anew. */
  refresh = async (): Promise<void> => {
    const { edge } = this.options;
    const [things, faults, advice, visits] = await Promise.all([
      edge.get<{ things: ThingView[] }>('v1/things'),
      edge.get<{ faults: Fault[] }>('v1/faults'),
      edge.get<{ advice: AdviceView[] }>('v1/advice'),
      edge.get<{ visits: VisitView[] }>('v1/visits'),
      this.askStatus(),
      this.askRecommendations(),
    ]);
    this.change({
      ...(things.kind === 'ok' ? { things: things.body.things } : {}),
      ...(faults.kind === 'ok' ? { faults: faults.body.faults } : {}),
      ...(advice.kind === 'ok' ? { advice: advice.body.advice } : {}),
      ...(visits.kind === 'ok' ? { visits: visits.body.visits } : {}),
      repairNews: this.view.repairNews + 1,
    });
  };

  /** Puts a piece of advice aside, here at once and for everybody. */
  dismiss = (advice: string): void => {
    this.change({ advice: this.view.advice.filter((one) => one.advice !== advice) });
    void this.options.edge.post(`v1/advice/${encodeURIComponent(advice)}/dismiss`);
  };

  /** Ends a technician's look at a machine. @returns whether it is over */
  stopVisit = async (visit: string): Promise<boolean> => {
    const { kind } = await this.options.edge.post(`v1/visits/${encodeURIComponent(visit)}/stop`);
    const isOver = kind === 'ok' || kind === 'missing';
    if (isOver) this.change({ visits: this.view.visits.filter((one) => one.visit !== visit) });
    return isOver;
  };

  /** What the person makes of something recommended; `session` is where its command is proposed. */
  answer = async (one: RecommendationView, answer: 'done' | 'later' | 'no' | 'undo', session?: string): Promise<void> => {
    const path = `v1/recommendations/${encodeURIComponent(one.thing)}/${encodeURIComponent(one.recommendation)}/answer`;
    await this.options.edge.post(path, { answer, ...(session ? { session } : {}) });
    await this.askRecommendations();
  };

  /** Again, also when somebody with other units has come. */
  askRecommendations = async (): Promise<void> => {
    const reply = await this.options.edge.get<{ recommendations: RecommendationView[] }>('v1/recommendations');
    if (reply.kind === 'ok') this.change({ recommendations: reply.body.recommendations });
  };

  private async askStatus(): Promise<void> {
    const reply = await this.options.edge.get<Status>('v1/status');
    if (reply.kind === 'ok') this.change({ status: reply.body });
  }

  private happened(event: SiteEvent): void {
    if (event.event === 'faults') this.change({ faults: event.data });
    else if (event.event === 'status') this.change({ status: event.data });
    else if (event.event === 'things') void this.fetchThing(event.data.thing);
    else if (event.event === 'recommendations') void this.askRecommendations();
    else if (event.event === 'advice') this.change({ advice: event.data });
    else if (event.event === 'visits') this.change({ visits: event.data });
    else if (event.event === 'repair') this.change({ repairNews: this.view.repairNews + 1 });
    else this.read(event.data);
  }

  private async fetchThing(id: string): Promise<void> {
    const reply = await this.options.edge.get<ThingView>(`v1/things/${encodeURIComponent(id)}`);
    if (reply.kind !== 'ok') return;
    const things = this.view.things ?? [];
    const known = things.some((thing) => thing.id === id);
    this.change({ things: known ? things.map((thing) => (thing.id === id ? reply.body : thing)) : [...things, reply.body] });
  }

  private read(readings: Readings): void {
    for (const reader of this.readers) reader(readings);
    this.arrived.set(readings.thing, { ...this.arrived.get(readings.thing), ...readings.signals });
    this.drawing ??= setTimeout(() => this.draw(), drawEveryMs);
  }

  private draw(): void {
    this.drawing = undefined;
    const { arrived } = this;
    this.arrived = new Map();
    this.change({ things: this.view.things?.map((thing) => withReadings(thing, arrived.get(thing.id))) });
    for (const [id, signals] of arrived) {
      const thing = this.view.things?.find((one) => one.id === id);
      if (!thing || Object.keys(signals).some((name) => !thing.signals[name])) void this.fetchThing(id);
    }
  }

  private change(change: Partial<SiteView>): void {
    this.view = { ...this.view, ...change };
    for (const listener of this.listeners) listener();
  }
}

/** A thing with newer readings; a reading older than the one shown does not replace it. */
export function withReadings(thing: ThingView, readings: Record<string, Reading> | undefined): ThingView {
  if (!readings) return thing;
  const signals = { ...thing.signals };
  let lastSeen = thing.lastSeen;
  for (const [name, reading] of Object.entries(readings)) {
    const signal = signals[name];
    lastSeen = Math.max(lastSeen ?? 0, reading.receivedAt);
    if (signal && (signal.latest?.observedAt ?? 0) <= reading.observedAt) signals[name] = { ...signal, latest: reading };
  }
  return { ...thing, signals, lastSeen };
}
