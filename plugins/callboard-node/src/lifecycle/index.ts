export { stopInTime } from './stopInTime';
