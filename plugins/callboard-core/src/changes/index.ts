export { describeCalendar } from './describeCalendar';
export {
  type ChangeSubject,
  describeInstantIn,
  type Hold,
  judgeCalendar,
} from './judgeCalendar';
