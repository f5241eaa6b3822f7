import type { Edge, Reply } from '../api/edge.ts';
import type { Entered, Me, PersonView, PreferencesChange } from '../api/types.ts';

/** Who is known at this machine, and who this screen speaks for. */
export type HouseholdView = {
  /** Undefined until the edge has said it once. */
  me: Me | undefined;
  people: readonly PersonView[];
};

/** `away`: the edge does not answer; `refused`: it says why not. */
export type Done<T> = { kind: 'ok'; body: T } | { kind: 'away' } | { kind: 'refused'; detail: string };

/** The people of this machine as the edge tells of them. Whatever this screen changes is asked anew afterwards. */
export class Household {
  private view: HouseholdView = { me: undefined, people: [] };
  private readonly edge: Edge;
  private readonly listeners = new Set<() => void>();

  constructor(edge: Edge) {
    this.edge = edge;
  }

  snapshot = (): HouseholdView => this.view;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  refresh = async (): Promise<void> => {
    const reply = await this.edge.get<{ people: PersonView[]; me: Me }>('v1/people');
    if (reply.kind !== 'ok') return;
    const same = JSON.stringify(reply.body) === JSON.stringify(this.view);
    if (same) return;
    this.view = { me: reply.body.me, people: reply.body.people };
    for (const listener of this.listeners) listener();
  };

  enter = (person: string, pin?: string) =>
    this.act<Entered>(this.edge.post(`v1/people/${person}/enter`, pin === undefined ? {} : { pin }));
  guest = () => this.act<Me>(this.edge.post('v1/people/guest'));
  leave = () => this.act<undefined>(this.edge.post('v1/people/leave'));
  add = (wanted: { name: string; role: PersonView['role']; pin?: string }) => this.act<PersonView>(this.edge.post('v1/people', wanted));
  change = (
    person: string,
    change: {
      name?: string;
      role?: PersonView['role'];
      pin?: string | null;
      preferences?: PreferencesChange;
      shares?: boolean;
      voice?: null;
    },
  ) => this.act<PersonView>(this.edge.patch(`v1/people/${person}`, change));
  remove = (person: string) => this.act<undefined>(this.edge.delete(`v1/people/${person}`));
  dropDevice = (device: string) => this.act<undefined>(this.edge.delete(`v1/people/me/devices/${encodeURIComponent(device)}`));
  joinOther = (code: string) => this.act<Entered>(this.edge.post('v1/people/link', { code, share: true }));

  private async act<T>(asked: Promise<Reply<T>>): Promise<Done<T>> {
    const reply = await asked;
    await this.refresh();
    if (reply.kind === 'ok') return reply;
    return reply.kind === 'refused' ? reply : { kind: 'away' };
  }
}
