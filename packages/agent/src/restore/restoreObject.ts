import {
  type AgentEvent,
  type ObjectName,
  isByHand,
  readWriters,
} from '@callboard/tunnel';
import type { ApiServer } from '../api/ApiServer';
import {
  type KeptObject,
  type LiveObject,
  fingerprintIn,
  parseObject,
} from '../desired/KeptObject';
import type { AgentState } from '../state/AgentState';
import { listDifferences } from './compareObjects';
import { judgeLive } from './judgeLive';
import { type DesiredOptions, readLive, sendDesired } from './sendDesired';

export interface RestoreContext {
  api: ApiServer;
  state: AgentState;
  now: () => Date;
  /** Aborts once the hub is connected again: nothing new is begun. */
  signal: AbortSignal;
}

export type RestoreOutcome =
  /** Needs no check until its version changes, as far as is known. */
  | { kind: 'settled'; resourceVersion?: string }
  | { kind: 'soon' }
  /** Waits for a change by somebody else. */
  | { kind: 'later' };

/** The newest desired state that the cluster accepted; one without a response is judged by the live object. */
function chooseDesired(
  { place, wanted, sent }: KeptObject,
  live: LiveObject | undefined,
  { desired }: AgentState,
): string | undefined {
  if (sent === undefined) return wanted;
  if (live === undefined) return sent; // it is applied, and discarded if the cluster refuses it
  const newer = parseObject(sent);
  const mark = newer && fingerprintIn(newer);
  const wasTaken = mark === undefined || mark === fingerprintIn(live);
  desired.settle(place.key, sent, wasTaken);
  return wasTaken ? sent : wanted;
}

class RestoreRun {
  readonly #kept: KeptObject;
  readonly #text: string;
  readonly #wanted: LiveObject;
  readonly #live: LiveObject | undefined;
  readonly #context: RestoreContext;

  constructor(
    kept: KeptObject,
    found: { text: string; wanted: LiveObject; live: LiveObject | undefined },
    context: RestoreContext,
  ) {
    this.#kept = kept;
    this.#text = found.text;
    this.#wanted = found.wanted;
    this.#live = found.live;
    this.#context = context;
  }

  async makeAgain(): Promise<RestoreOutcome> {
    const object = this.#name();
    if (
      !(await this.#reportSeen('deleted', { kind: 'object-deleted', object }))
    )
      return { kind: 'soon' };
    const answer = await this.#send({});
    switch (answer.kind) {
      case 'taken':
        return this.settle(answer.object);
      case 'busy':
      case 'conflict':
        return { kind: 'soon' };
      case 'namespace-away':
        return { kind: 'soon' };
      case 'refused':
        return this.#giveUpUnanswered()
          ? { kind: 'soon' }
          : this.reportRefusal(answer.why);
      default:
        return answer satisfies never;
    }
  }

  async putBack(): Promise<RestoreOutcome> {
    const live = this.#live!;
    const first = await this.#send({ dryRun: true });
    if (first.kind !== 'taken' && first.kind !== 'conflict')
      return first.kind === 'refused'
        ? this.reportRefusal(first.why)
        : { kind: 'soon' };
    const conflicts = first.kind === 'conflict' ? first.conflicts : [];
    const writers = readWriters(live.metadata);
    const others = conflicts.find(each => !isByHand(each.manager, writers));
    if (others !== undefined)
      return this.reportRefusal(
        `"${others.manager}" writes ${others.field}: it keeps it`,
      );
    const force = conflicts.length > 0;
    const tried = force ? await this.#send({ dryRun: true, force }) : first;
    if (tried.kind !== 'taken') return { kind: 'soon' };
    const fields = listDifferences(live, tried.object);
    if (fields.length === 0) return this.settle(live);

    const object = this.#name();
    if (
      !(await this.#reportSeen('changed', {
        kind: 'object-changed',
        object,
        fields,
      }))
    )
      return { kind: 'soon' };
    const { resourceVersion } = live.metadata;
    const answer = await this.#send({ force, resourceVersion });
    if (answer.kind === 'taken') return this.settle(answer.object);
    return answer.kind === 'refused'
      ? this.reportRefusal(answer.why)
      : { kind: 'soon' };
  }

  /** The object is in its desired state; an issue that was reported is reported as restored. */
  settle(live: LiveObject | undefined): RestoreOutcome {
    const { state } = this.#context;
    const { key } = this.#kept.place;
    state.desired.settle(key, this.#text, true);
    this.#closeIssue();
    state.flushSoon();
    return {
      kind: 'settled',
      resourceVersion: live?.metadata.resourceVersion,
    };
  }

  #closeIssue(): void {
    const { state, now } = this.#context;
    const restored: AgentEvent = {
      kind: 'object-restored',
      object: this.#name(),
    };
    state.events.closeIssue(this.#kept.place.key, restored, now());
  }

  reportRefusal(why: string): RestoreOutcome {
    const { state, now } = this.#context;
    const printable = why.replace(/[^\x20-\x7e]/g, '?').slice(0, 300);
    state.events.openIssue(
      this.#kept.place.key,
      `refused: ${printable}`,
      { kind: 'restore-refused', object: this.#name(), why: printable },
      now(),
    );
    state.flushSoon();
    return { kind: 'later' };
  }

  /** Reports and stores the observation before the agent acts on it. @returns false when the hub is connected again */
  async #reportSeen(
    issue: 'deleted' | 'changed',
    event: AgentEvent,
  ): Promise<boolean> {
    const { state, now, signal } = this.#context;
    const { key } = this.#kept.place;
    const known = state.events.issueOf(key);
    if (signal.aborted) return false;
    if (known === 'deleted' && issue === 'changed') this.#closeIssue(); // it was recreated, the agent was killed before reporting that, and it was changed since
    if (known === undefined || known === 'changed' || known === 'deleted')
      state.events.openIssue(key, issue, event, now());
    await state.flush().catch(() => undefined); // a store that fails does not keep an app down
    return !signal.aborted;
  }

  /** Discards a desired state without a response that is refused now: the previous one applies. */
  #giveUpUnanswered(): boolean {
    if (this.#kept.sent !== this.#text) return false;
    this.#context.state.desired.settle(this.#kept.place.key, this.#text, false);
    return true;
  }

  #send(options: DesiredOptions) {
    const { path } = this.#kept.place;
    return sendDesired(
      this.#context.api,
      { path, wanted: this.#wanted },
      options,
    );
  }

  #name(): ObjectName {
    const { name, namespace } = this.#kept.place;
    return {
      kind: this.#wanted.kind,
      ...(namespace !== undefined && { namespace }),
      name,
    };
  }
}

/**
 * Checks one object and restores the hub's last desired state. Events are in
 * order: the observation before the action, the result after. Level-based:
 * after a kill, another run does and reports the rest. Throws when the API
 * server does not respond.
 */
export async function restoreObject(
  key: string,
  context: RestoreContext,
): Promise<RestoreOutcome> {
  const kept = context.state.desired.get(key);
  if (kept === undefined) return { kind: 'settled' };
  const live = await readLive(context.api, kept.place.path);
  const text = chooseDesired(kept, live, context.state);
  const wanted = text === undefined ? undefined : parseObject(text);
  if (text === undefined || wanted === undefined) return { kind: 'settled' };
  const run = new RestoreRun(kept, { text, wanted, live }, context);
  switch (judgeLive(wanted, live)) {
    case 'missing':
      return run.makeAgain();
    case 'terminating':
      return { kind: 'soon' };
    case 'in-place':
      return run.settle(live);
    case 'superseded':
      context.state.events.dropIssue(key);
      return {
        kind: 'settled',
        resourceVersion: live?.metadata.resourceVersion,
      };
    case 'of-somebody-else':
      return run.reportRefusal('somebody else made one of that name');
    case 'perhaps-changed':
      return run.putBack();
    default:
      throw new Error('Unknown verdict');
  }
}
