export * from './Builder';
export * from './RevisionSource';
export * from './start';
