import type { AppQuestion } from './AppQuestion';

/** A job for a thread; the answer is a `TextVerdict` or an `AppVerdict`. */
export type JudgeJob =
  | { kind: 'text'; file: string; text: string }
  | { kind: 'app'; question: AppQuestion };
