export {
  type Problem,
  type Result,
  type SourceLocation,
  failed,
  ok,
} from './Problem';
export { ProblemError } from './ProblemError';
