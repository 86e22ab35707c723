import type { Document } from '../documents/Document';
import type { ExitCode } from '../Io';

export interface Explanation {
  text: string;
  /** The output of `--output json`; `{ explanation: text }` when omitted. */
  json?: unknown;
  /** 1 when the explained document reports a problem. */
  exitCode: ExitCode;
}

/** Input beside the documents. */
export interface ExtraEvidence {
  events: Document[];
  /** Output of the program; empty when not given. */
  logs: string;
}

/** Explains one kind of document. */
export interface Explainer {
  /** The kind of document, for the usage text. */
  readonly reads: string;
  accepts(document: Document): boolean;
  /** Explains all accepted documents, in their order. */
  explain(documents: Document[], now: Date, extra: ExtraEvidence): Explanation;
}
