import type { ChangeSignal } from '@callboard/plugin-callboard-common';

/** A receiver of change notifications: the open pages, other plugins, a chat, a queue. */
export interface ChangeSubscriber {
  /** `signals of the pages`, for the log. */
  readonly name: string;
  /**
   * Called after a change was recorded, with each changed thing once: an app, a
   * cluster, the fleet or the journal. The new state is read from the API.
   * Never called while an earlier call runs: changes in the meantime are
   * collected for the next call.
   *
   * Nothing is repeated: changes missed while the portal was down, or by a
   * rejected call, have to be read from the API.
   *
   * @param signal - aborts when the portal stops
   */
  notify(changes: readonly ChangeSignal[], signal: AbortSignal): Promise<void>;
  /** Called once, when the portal stops. */
  close?(): void;
}
