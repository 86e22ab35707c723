export { beginHistory, findHistoryStart } from './historyStart';
