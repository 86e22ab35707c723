import type { AppQuestion, AppVerdict } from './AppQuestion';
import type { TextVerdict } from './judgeText';

/** Judges untrusted files; of many requests at once each is answered by itself. */
export interface Judge {
  text(file: string, text: string): Promise<TextVerdict>;
  app(question: AppQuestion): Promise<AppVerdict>;
  close(): Promise<void>;
}
