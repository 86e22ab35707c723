import type { ChangeSignal } from '@callboard/plugin-callboard-common';

/** Is notified of what changed: the open pages, other plugins, a chat, a queue. */
export interface ChangeSubscriber {
  /** `signals of the pages`, for the log. */
  readonly name: string;
  /**
   * Called after it was recorded, each thing once: an app, a cluster, the fleet or
   * the journal. What is new of it is read by the API. Never called while an earlier
   * call runs: what changes meanwhile comes together with the next one.
   *
   * Nothing is repeated: what was missed while the portal was down, or by a rejected
   * call, is found by reading.
   *
   * @param signal - aborts when the portal ends
   */
  notify(changes: readonly ChangeSignal[], signal: AbortSignal): Promise<void>;
  /** Called once, when the portal ends. */
  close?(): void;
}
