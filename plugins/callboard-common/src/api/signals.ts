/** A change of something that a page shows. Published inside the backend, and to other plugins of the portal. */
export interface ChangeSignal {
  [key: string]: string | undefined;
  kind: 'app' | 'cluster' | 'fleet' | 'journal';
  name?: string;
}

/**
 * Sent on the signal channel `callboard` to all connected users. Names neither
 * apps nor clusters: a user who may read one knows its topic by the header
 * {@link TOPIC_HEADER} of its responses. Without kinds nothing changed: the
 * channel is open.
 */
export type LiveSignal = {
  kinds: Array<ChangeSignal['kind']>;
  /** Topics of the apps and clusters that changed; `null` when any may have. */
  topics: string[] | null;
};

/** More changes than are published one by one. */
export const ANYTHING_CHANGED: LiveSignal = {
  kinds: ['app', 'cluster', 'fleet', 'journal'],
  topics: null,
};

/** Header of responses about one app or one cluster: the topic of signals that make them stale. */
export const TOPIC_HEADER = 'callboard-topic';

/** Longest pause between two signals. */
export const SIGNAL_BEAT_MS = 2_000;

export const SIGNAL_CHANNEL = 'callboard';
