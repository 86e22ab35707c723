export * from './blueprintRef';
export * from './files';
export * from './guardRails';
export * from './health';
export * from './journalKinds';
export * from './placement';
export * from './placementReasons';
export { readReportedReason, type ReportedReason } from './ReportedReason';
export * from './score';
