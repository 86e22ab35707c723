/** A change of a cluster's scheduling. */
export type Scheduling = 'cordon' | 'drain' | 'uncordon';

/** Texts of the dialog for each of them. */
export const SCHEDULING_WORDS: Record<
  Scheduling,
  { verb: string; effect: string; undo: string }
> = {
  cordon: {
    verb: 'Cordon',
    effect: 'Nothing new is placed there. What runs there stays.',
    undo: 'It can accept apps again at any time.',
  },
  drain: {
    verb: 'Drain',
    effect:
      'Nothing new is placed there, and its apps move away. Each stays until it is healthy on another cluster.',
    undo: 'It can accept apps again at any time: what has not left yet stays; what has left does not come back by itself.',
  },
  uncordon: {
    verb: 'Accept apps again',
    effect: 'It accepts apps again. What runs elsewhere stays there.',
    undo: 'Cordon or drain it again at any time.',
  },
};
