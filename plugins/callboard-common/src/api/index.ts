export * from './audit';
export * from './history';
export { MOST_PER_PAGE, readAllPages } from './readAllPages';
export * from './timeline';
export * from './types';
export * from './whatIf';
