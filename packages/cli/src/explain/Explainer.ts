import type { Document } from '../documents/Document';
import type { ExitCode } from '../Io';

export interface Explanation {
  text: string;
  /** What `--output json` prints; `{ explanation: text }` when omitted. */
  json?: unknown;
  /** 1 where what is explained is not as it should be. */
  exitCode: ExitCode;
}

/** What was given beside the documents. */
export interface ExtraEvidence {
  events: Document[];
  /** Output of the program; empty when not given. */
  logs: string;
}

/** Knows one kind of document and says what it means. */
export interface Explainer {
  /** Named in the usage: what it reads. */
  readonly reads: string;
  accepts(document: Document): boolean;
  /** All documents it accepted, in their order. */
  explain(documents: Document[], now: Date, extra: ExtraEvidence): Explanation;
}
