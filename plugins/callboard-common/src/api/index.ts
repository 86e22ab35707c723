export * from './askOperation';
export { OPERATIONS } from './generated/operations';
export * from './generated/types';
export type { ItemList } from './ItemList';
export * from './operationRequest';
export { MOST_PER_PAGE, readAllPages } from './readAllPages';
export { readJsonLines } from './readJsonLines';
export * from './signals';
export type { TimelineLanes } from './TimelineLanes';
