export { isInJournal, type JournalMark } from './isInJournal';
export { type JournalDraft, appendJournal } from './appendJournal';
export {
  type JournalFilter,
  findLastChanges,
  listJournal,
  readJournalHead,
} from './listJournal';
export { verifyJournal } from './verifyJournal';
