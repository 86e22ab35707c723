export { beginHistory, findHistoryStart } from './historyStart';
export { identifyRecord } from './identifyRecord';
