import type { Document } from '../documents/readDocuments';
import type { ExitCode } from '../Io';

export interface Explanation {
  text: string;
  /** 1 where what is explained is not as it should be. */
  exitCode: ExitCode;
}

/** Knows one kind of document and says what it means. */
export interface Explainer {
  /** Named in the usage: what it reads. */
  readonly reads: string;
  accepts(document: Document): boolean;
  /** All documents it accepted, in their order. */
  explain(documents: Document[], now: Date): Explanation;
}
