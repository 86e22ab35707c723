import type { CallboardApi } from '@callboard/plugin-callboard-react';

/** One state of one page: its address, the API's answers, and the visible texts. Each is a test. */
export interface Story {
  name: string;
  address: string;
  api: CallboardApi;
  /** Texts that must be on the page. */
  shows: Array<string | RegExp>;
  /** Texts that must not be on the page. */
  hides?: Array<string | RegExp>;
}
