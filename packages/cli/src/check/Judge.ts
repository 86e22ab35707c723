import type { AppQuestion, AppVerdict } from './AppQuestion';
import type { TextVerdict } from './judgeText';

/** Judges files of strangers; of many that are asked at once each is answered by itself. */
export interface Judge {
  text(file: string, text: string): Promise<TextVerdict>;
  app(question: AppQuestion): Promise<AppVerdict>;
  close(): Promise<void>;
}
