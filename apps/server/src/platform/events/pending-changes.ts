import type { Notification } from './notification.js';

/** Of each topic; so that a burst of all topics fits a stream that has just been read empty. */
const most = 200;

type Topic = Exclude<Notification['topic'], 'scope' | 'enrolment'>;
/** Told to administrators alone, without objects. */
type AdminTopic = 'overview' | 'enrolment';
/** Object by object, the hosts through which it is reached; `all` when there were too many to name. */
export type Objects = ReadonlyMap<string, ReadonlySet<string>> | 'all';

export interface Changes {
  /** Whose reach changed. */
  readonly people: ReadonlySet<string> | 'all';
  readonly objects: ReadonlyMap<Topic, Objects>;
  /** Where something changed that only administrators see. */
  readonly forAdmins: ReadonlySet<AdminTopic>;
}

/** Gathers what was notified since it was last taken, each object once: a burst becomes one event per topic. */
export class PendingChanges {
  private people: Set<string> | 'all' = new Set();
  private objects = new Map<Topic, Map<string, Set<string>> | 'all'>();
  private forAdmins = new Set<AdminTopic>();

  get isEmpty(): boolean {
    const isNobody = this.people !== 'all' && this.people.size === 0;
    return isNobody && this.objects.size === 0 && this.forAdmins.size === 0;
  }

  add(notification: Notification): void {
    const { topic } = notification;
    if (topic === 'scope') this.addPeople('refetch' in notification ? 'all' : notification.ids);
    else if (topic === 'enrolment') this.forAdmins.add(topic);
    else if ('refetch' in notification) this.objects.set(topic, 'all');
    else if (topic === 'overview' && notification.ids.length === 0) this.forAdmins.add(topic);
    else this.addObjects(topic, notification.ids, notification.hosts ?? notification.ids);
  }

  take(): Changes {
    const { people, objects, forAdmins } = this;
    this.people = new Set();
    this.objects = new Map();
    this.forAdmins = new Set();
    return { people, objects, forAdmins };
  }

  private addPeople(ids: readonly string[] | 'all'): void {
    if (ids === 'all' || this.people === 'all') this.people = 'all';
    else for (const id of ids) this.people.add(id);
  }

  private addObjects(topic: Topic, ids: readonly string[], hosts: readonly string[]): void {
    const known = this.objects.get(topic) ?? new Map<string, Set<string>>();
    if (known === 'all') return;
    ids.forEach((id, index) => {
      const reachedBy = known.get(id) ?? new Set();
      const host = hosts[index];
      if (host !== undefined) reachedBy.add(host);
      known.set(id, reachedBy);
    });
    this.objects.set(topic, known.size > most ? 'all' : known);
  }
}
