export type { CommitStatus, SourceHost } from './SourceHost';
