export {
  type ExceptionRecord,
  endException,
  findExceptions,
  insertException,
} from './exceptions';
