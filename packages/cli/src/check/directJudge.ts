import type { Judge } from './Judge';
import { judgeApp } from './judgeApp';
import { judgeText } from './judgeText';

/** Judges here and now: anyone who waits for it waits as long as it takes. */
export const directJudge: Judge = {
  text: async (file, text) => judgeText(file, text),
  app: async question => judgeApp(question),
  close: async () => undefined,
};
