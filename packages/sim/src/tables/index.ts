export { tableOf, type TableOptions } from './tableOf';
