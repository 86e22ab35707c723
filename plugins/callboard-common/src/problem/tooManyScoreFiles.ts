import type { Problem } from './Problem';

/** Of one app. Each of them is read and rendered while a user waits. */
export const MAX_SCORE_FILES = 50;

export function tooManyScoreFiles(count: number): Problem {
  return {
    code: 'too-many-score-files',
    what: 'Cannot take this revision',
    why: `it holds ${count} score files, at most ${MAX_SCORE_FILES} are read`,
    next: 'Split the app, or move example files elsewhere',
    transient: false,
  };
}
