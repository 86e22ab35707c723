export { type ParsedScore, type ScoreUpgrade, parseScore } from './parseScore';
