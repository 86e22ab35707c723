export {
  type Problem,
  type Result,
  type SourceLocation,
  failed,
  ok,
} from './Problem';
export { fileNotText } from './fileNotText';
export { fileTooLarge } from './fileTooLarge';
export { ProblemError } from './ProblemError';
export { isProblemCode, PROBLEM_CODES, type ProblemCode } from './problemCodes';
export { MAX_SCORE_FILES, tooManyScoreFiles } from './tooManyScoreFiles';
