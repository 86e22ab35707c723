import type { Judge } from './Judge';
import { judgeApp } from './judgeApp';
import { judgeText } from './judgeText';

/** Judges in the calling thread, without a deadline. */
export const directJudge: Judge = {
  text: async (file, text) => judgeText(file, text),
  app: async question => judgeApp(question),
  close: async () => undefined,
};
