/** Something that a page shows has changed. Told inside the backend, and to other plugins of the portal. */
export interface ChangeSignal {
  [key: string]: string | undefined;
  kind: 'app' | 'cluster' | 'fleet' | 'journal';
  name?: string;
}

/**
 * Sent on the signal channel `callboard` to everybody who is connected. Names
 * neither apps nor clusters: anyone who may read one knows its topic by the header
 * {@link TOPIC_HEADER} of its answers. Without kinds nothing changed: the channel is open.
 */
export type LiveSignal = {
  kinds: Array<ChangeSignal['kind']>;
  /** Topics of the apps and clusters that changed; `null` when any may have. */
  topics: string[] | null;
};

/** More has changed than is told one by one. */
export const ANYTHING_CHANGED: LiveSignal = {
  kinds: ['app', 'cluster', 'fleet', 'journal'],
  topics: null,
};

/** On answers about one app or one cluster: the topic of signals by which they become old. */
export const TOPIC_HEADER = 'callboard-topic';

/** Longest pause between two signals. */
export const SIGNAL_BEAT_MS = 2_000;

export const SIGNAL_CHANNEL = 'callboard';
