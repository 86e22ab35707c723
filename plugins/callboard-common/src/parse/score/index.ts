export { parseScore } from './parseScore';
