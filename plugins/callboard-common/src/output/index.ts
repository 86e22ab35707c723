export { LOG_LEVELS, readLogLevel } from './LogLevel';
export { type LogText, readLogText } from './readLogText';
export {
  type DatedLine,
  type LogSelection,
  createLogSelector,
  selectLogLines,
} from './selectLogLines';
