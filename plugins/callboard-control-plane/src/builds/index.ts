export * from './Builder';
export * from './RevisionSource';
