export * from './health';
export * from './placement';
export * from './time';
