export { answerQuestion } from './answerQuestion';
export { dropQuestions } from './dropQuestions';
export { findAnswer } from './findAnswer';
export { findOpenQuestions } from './findOpenQuestions';
export { insertQuestion } from './insertQuestion';
export type { LogFilter, Question } from './Question';
