import type { CallboardApi } from '@callboard/plugin-callboard-react';

/** One state of one page: where it is, what the API answers, and what a reader sees. Each is a test. */
export interface Story {
  name: string;
  address: string;
  api: CallboardApi;
  /** Texts that must be on the page. */
  shows: Array<string | RegExp>;
  /** Texts that must not. */
  hides?: Array<string | RegExp>;
}
