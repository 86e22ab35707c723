import type { AppQuestion } from './AppQuestion';

/** What a thread is asked; it answers with a `TextVerdict` or an `AppVerdict`. */
export type JudgeJob =
  | { kind: 'text'; file: string; text: string }
  | { kind: 'app'; question: AppQuestion };
