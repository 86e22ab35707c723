import { type AppQuestion, type AppVerdict, judgeApp } from './judgeApp';
import { type TextVerdict, judgeText } from './judgeText';

/** Judges files of strangers. */
export interface Judge {
  text(file: string, text: string): Promise<TextVerdict>;
  app(question: AppQuestion): Promise<AppVerdict>;
  close(): Promise<void>;
}

/** Judges here and now: whoever waits for it waits as long as it takes. */
export const directJudge: Judge = {
  text: async (file, text) => judgeText(file, text),
  app: async question => judgeApp(question),
  close: async () => undefined,
};
