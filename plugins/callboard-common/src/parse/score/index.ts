export { type ParsedScore, parseScore } from './parseScore';
